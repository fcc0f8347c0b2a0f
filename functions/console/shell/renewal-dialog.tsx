import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Flex, Form, Input, type InputRef, Modal } from 'antd'
import { type Ref, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { endWaiting, isSessionWanted, onSessionWanted } from '../api/renewal.ts'
import { sessions } from '../api/session.ts'
import { onSessionNews } from '../api/session-news.ts'
import { useLanguage } from '../locales/locale.ts'
import { describeRefusal } from '../pages/sign-in/describe-refusal.ts'
import { useLeave } from './leave.ts'

/** Takes the password of the person whose session has ended; also when they sign in in another tab. */
export default function RenewalDialog({ email }: { email: string }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const password = useRef<InputRef>(null)
  const isAsking = useSyncExternalStore(onSessionWanted, isSessionWanted)
  useEffect(
    () =>
      onSessionNews((news) => {
        if (isSessionWanted()) endWaiting(news.kind === 'signed_in' && news.email === email)
      }),
    [email],
  )
  const goOn = () => {
    endWaiting(true)
    void queries.invalidateQueries()
  }
  return (
    <Modal
      open={isAsking}
      title={t('renewal.title')}
      footer={null}
      onCancel={() => endWaiting(false)}
      mask={{ closable: false }}
      closable={false} // Who types as it appears does not press that by chance.
      afterOpenChange={(isOpen) => isOpen && password.current?.focus()}
      destroyOnHidden
      width={400}
    >
      <p>{t('renewal.text')}</p>
      <RenewalForm email={email} password={password} onRenewed={goOn} onRefused={() => endWaiting(false)} />
    </Modal>
  )
}

interface RenewalFormProps {
  email: string
  /** Where typing begins. */
  password: Ref<InputRef>
  onRenewed: () => void
  onRefused: () => void
}

function RenewalForm({ email, password, onRenewed, onRefused }: RenewalFormProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const leave = useLeave()
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string>()
  const renew = async (given: { password: string }) => {
    setBusy(true)
    const { success, error } = await sessions.login({ email, password: given.password })
    setBusy(false)
    if (success) return onRenewed()
    setRefusal(describeRefusal(t, error, language))
  }
  return (
    <Form name="renewal" layout="vertical" requiredMark={false} initialValues={{ email }} onFinish={renew}>
      {refusal !== undefined && (
        <Alert type="error" showIcon title={refusal} role="alert" style={{ marginBottom: 16 }} />
      )}
      <Form.Item name="email" label={t('entrance.email')}>
        <Input type="email" autoComplete="username" readOnly />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('entrance.password')}
        rules={[{ required: true, message: t('entrance.fault.password_missing') }]}
        validateTrigger="onSubmit"
      >
        <Input.Password ref={password} autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={isBusy}>
        {t('sign_in.do')}
      </Button>
      <Flex justify="space-between" wrap style={{ marginTop: 12 }}>
        <Button type="link" onClick={onRefused}>
          {t('renewal.later')}
        </Button>
        <Button type="link" onClick={() => leave()}>
          {t('renewal.somebody_else')}
        </Button>
      </Flex>
    </Form>
  )
}
