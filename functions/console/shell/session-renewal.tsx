import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/call.ts'
import { useProfile } from '../api/hooks.ts'
import { type Credentials, sessions } from '../api/session.ts'

/** Asks for the password when a session has ended, above the page: what was typed there stays. */
export function SessionRenewal() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { data: profile } = useProfile()
  const [isAsking, setAsking] = useState(false)
  const [fault, setFault] = useState<string>()

  useEffect(() => {
    const refused = (error: unknown) => {
      if (error instanceof ApiError && error.code === 'unauthenticated') setAsking(true)
    }
    const fromQueries = queries.getQueryCache().subscribe(({ query }) => refused(query.state.error))
    const fromMutations = queries.getMutationCache().subscribe(({ mutation }) => refused(mutation?.state.error))
    return () => {
      fromQueries()
      fromMutations()
    }
  }, [queries])

  const renew = async (credentials: Credentials) => {
    const { success, error } = await sessions.login(credentials)
    if (!success) return setFault(error?.message)
    setFault(undefined)
    setAsking(false)
    await queries.invalidateQueries()
  }
  return (
    <Modal open={isAsking} title={t('renewal.title')} footer={null} onCancel={() => setAsking(false)} destroyOnHidden>
      <p>{t('renewal.text')}</p>
      {fault !== undefined && <Alert type="error" title={fault} role="alert" style={{ marginBottom: 16 }} />}
      <Form layout="vertical" initialValues={{ email: profile?.email }} onFinish={renew}>
        <Form.Item name="email" label={t('sign_in.email')} rules={[{ required: true }]}>
          <Input type="email" autoComplete="username" />
        </Form.Item>
        <Form.Item name="password" label={t('sign_in.password')} rules={[{ required: true }]}>
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
        <Button type="primary" htmlType="submit" block>
          {t('sign_in.do')}
        </Button>
      </Form>
    </Modal>
  )
}
