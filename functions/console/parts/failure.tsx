import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/call.ts'
import { describeError } from './describe-error.ts'

interface FailureProps {
  error: unknown
  onRetry?: () => void
}

/** What went wrong, what to tell the support, and a way to try again. */
export function Failure({ error, onRetry }: FailureProps) {
  const { t } = useTranslation()
  const requestId = error instanceof ApiError ? error.requestId : undefined
  return (
    <Alert
      type="error"
      role="alert"
      showIcon
      title={describeError(t, error)}
      description={requestId && t('parts.request', { id: requestId })}
      action={onRetry && <Button onClick={onRetry}>{t('parts.again')}</Button>}
      style={{ marginBlock: 8, overflowWrap: 'anywhere' }}
    />
  )
}
