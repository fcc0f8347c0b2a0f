import { Form, Input } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

const MAXIMUM_PASSWORD = 200

export function EmailField() {
  const { t } = useTranslation()
  const rules = [
    { required: true, whitespace: true, message: t('entrance.fault.email_missing') },
    { type: 'email' as const, transform: (text: string) => text.trim(), message: t('entrance.fault.email') },
  ]
  return (
    <Form.Item name="email" label={t('entrance.email')} rules={rules} validateTrigger="onBlur" validateFirst>
      <Input type="email" size="large" autoComplete="username" inputMode="email" maxLength={254} />
    </Form.Item>
  )
}

interface PasswordFieldProps {
  label: string
  autoComplete: 'current-password' | 'new-password'
  /** What is thought of a new one. */
  extra?: ReactNode
  /** What keeps a new one from being taken, if anything. */
  faultOf?: (password: string) => string | undefined
}

export function PasswordField({ label, autoComplete, extra, faultOf }: PasswordFieldProps) {
  const { t } = useTranslation()
  const judge = async (_: unknown, password = '') => {
    const fault = password === '' ? undefined : faultOf?.(password)
    if (fault !== undefined) throw new Error(fault)
  }
  const rules = [{ required: true, message: t('entrance.fault.password_missing') }, { validator: judge }]
  return (
    <Form.Item name="password" label={t(label)} rules={rules} extra={extra} validateTrigger="onBlur" validateFirst>
      <Input.Password size="large" autoComplete={autoComplete} maxLength={MAXIMUM_PASSWORD} />
    </Form.Item>
  )
}
