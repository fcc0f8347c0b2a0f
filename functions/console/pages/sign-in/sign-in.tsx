import { Alert, Button, Form } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useSearchParams } from 'react-router'
import { type Credentials, sessions } from '../../api/session.ts'
import { Entrance } from './entrance.tsx'
import { EmailField, PasswordField } from './fields.tsx'
import { withTarget } from './own-path.ts'
import { useEntry } from './use-entry.ts'

export default function SignIn() {
  const { t } = useTranslation()
  const [parameters] = useSearchParams()
  const { enter, isPending, refusal } = useEntry(signIn)
  const notice: unknown = useLocation().state?.notice
  const footer = (
    <>
      {t('sign_in.new_here')}{' '}
      <Link style={{ textDecoration: 'underline' }} to={withTarget('/console/sign-up', parameters.get('to'))}>
        {t('sign_up.title')}
      </Link>
    </>
  )
  return (
    <Entrance title="sign_in.title" footer={footer}>
      {typeof notice === 'string' && refusal === undefined && (
        <Alert type="info" showIcon title={t(notice)} role="status" style={{ marginBottom: 16 }} />
      )}
      {refusal !== undefined && (
        <Alert type="error" showIcon title={refusal} role="alert" style={{ marginBottom: 16 }} />
      )}
      <Form<Credentials> layout="vertical" requiredMark={false} noValidate onFinish={enter} disabled={isPending}>
        <EmailField />
        <PasswordField label="entrance.password" autoComplete="current-password" />
        <Button type="primary" htmlType="submit" block size="large" loading={isPending} style={{ marginTop: 8 }}>
          {t('sign_in.do')}
        </Button>
      </Form>
    </Entrance>
  )
}

/** @throws ApiError, NetworkError */
async function signIn(credentials: Credentials) {
  const { success, error } = await sessions.login(credentials)
  if (!success) throw error
}
