import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/call.ts'
import { describeError } from './describe-error.ts'

/** What went wrong with a form, unless its fields say it. */
export function FormFailure({ error }: { error: unknown }) {
  const isToldByFields = error instanceof ApiError && error.faults.length > 0
  return error === null || isToldByFields ? null : <Failure error={error} />
}

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
