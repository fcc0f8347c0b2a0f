import { theme } from 'antd'
import { useTranslation } from 'react-i18next'
import type { JobStatus } from './filters.ts'
import { StatusIcon } from './status-icon.tsx'

/** The state of a job in words, with a sign. */
export function StatusLabel({ status }: { status: JobStatus }) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const colors: Record<JobStatus, string> = {
    queued: token.colorTextSecondary,
    running: token.colorPrimaryText,
    finished: token.colorText,
    failed: token.colorErrorText,
    cancelled: token.colorTextSecondary,
  }
  return (
    <span style={{ color: colors[status], whiteSpace: 'nowrap', fontWeight: token.fontWeightStrong }}>
      <StatusIcon status={status} /> {t(`jobs.status.${status}`)}
    </span>
  )
}
