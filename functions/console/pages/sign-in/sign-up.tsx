import { Alert, Button, Form, Input } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { call } from '../../api/call.ts'
import { sessions } from '../../api/session.ts'
import { Entrance } from './entrance.tsx'
import { EmailField, PasswordField } from './fields.tsx'
import { judgePassword } from './judge-password.ts'
import { withTarget } from './own-path.ts'
import { StrengthMeter } from './strength-meter.tsx'
import { useEntry } from './use-entry.ts'

interface NewAccount {
  name: string
  email: string
  password: string
}

const FIELDS = ['name', 'email', 'password'] as const

export default function SignUp() {
  const { t } = useTranslation()
  const [parameters] = useSearchParams()
  const { enter, isPending, refusal, code, faults } = useEntry(signUp)
  const [form] = Form.useForm<NewAccount>()
  const { name = '', email = '', password = '' } = Form.useWatch([], form) ?? {}
  const judgement = judgePassword(password, { name, email })
  useEffect(() => {
    const fields = FIELDS.filter((field) => faults.some(({ pointer }) => pointer === `/${field}`))
    form.setFields(fields.map((field) => ({ name: field, errors: [t(`entrance.fault.${field}`)] })))
  }, [form, faults, t])
  const signInPath = withTarget('/console/sign-in', parameters.get('to'))
  const footer = (
    <>
      {t('sign_up.known_here')}{' '}
      <Link to={signInPath} style={{ textDecoration: 'underline' }}>
        {t('sign_in.title')}
      </Link>
    </>
  )
  const faultOf = (text: string) =>
    judgePassword(text, { name, email }).broken === undefined ? undefined : t('entrance.fault.password')
  return (
    <Entrance title="sign_up.title" footer={footer}>
      {refusal !== undefined && (
        <Alert
          type="error"
          showIcon
          title={refusal}
          description={code === 'already_registered' && <Link to={signInPath}>{t('sign_in.do')}</Link>}
          role="alert"
          style={{ marginBottom: 16 }}
        />
      )}
      <Form<NewAccount>
        form={form}
        layout="vertical"
        requiredMark={false}
        noValidate
        onFinish={enter}
        disabled={isPending}
      >
        <Form.Item
          name="name"
          label={t('sign_up.name')}
          rules={[{ required: true, whitespace: true, message: t('entrance.fault.name') }]}
          validateTrigger="onBlur"
        >
          <Input size="large" autoComplete="name" maxLength={100} />
        </Form.Item>
        <EmailField />
        <PasswordField
          label="sign_up.password"
          autoComplete="new-password"
          faultOf={faultOf}
          extra={<StrengthMeter {...judgement} />}
        />
        <Button type="primary" htmlType="submit" block size="large" loading={isPending} style={{ marginTop: 8 }}>
          {t('sign_up.do')}
        </Button>
      </Form>
    </Entrance>
  )
}

/** @throws ApiError, NetworkError */
async function signUp({ name, email, password }: NewAccount) {
  await call('/sign_up', { method: 'POST', body: { name, email, password } })
  const { success, error } = await sessions.login({ email, password })
  if (!success) throw error
}
