import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../api/types.ts'
import { askAgainAddress } from '../../domains/asked-at.ts'
import { LinkButton } from '../../shell/link-button.tsx'

/** Why there is no answer, that it cost nothing, and what to do next. */
export function JobFailure({ job }: { job: Job }) {
  const { t } = useTranslation()
  if (job.error === null) return null
  const { code, message } = job.error
  return (
    <Alert
      type={job.status === 'cancelled' ? 'info' : 'error'}
      showIcon
      title={t(`jobs.failures.${code}.what`, { defaultValue: message })}
      description={
        <>
          <p>{t(`jobs.failures.${code}.next`, { defaultValue: '' })}</p>
          <LinkButton to={askAgainAddress(job)}>{t('jobs.run_again')}</LinkButton>
        </>
      }
      style={{ marginBottom: 16 }}
    />
  )
}
