import { Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../api/types.ts'
import { isOpen } from '../../parts/job-facts.ts'
import { useJobTerms } from '../../parts/job-terms.ts'
import { useNumberTexts } from '../../parts/number-texts.ts'

/** What came out of a job, on one line. */
export function JobAnswer({ job }: { job: Job }) {
  const { t } = useTranslation()
  const { measure, share } = useNumberTexts()
  const { output } = useJobTerms(job.model_name)
  const [first] = job.results ?? []
  if (job.error)
    return (
      <Typography.Text type="secondary">
        {t(`jobs.failures.${job.error.code}.short`, job.error.message)}
      </Typography.Text>
    )
  if (first === undefined) return isOpen(job) ? <Typography.Text type="secondary">…</Typography.Text> : null
  if (job.rows > 1) return t('jobs.rows', { count: job.rows })
  if (first.label !== undefined) return t('jobs.label_with_share', { label: first.label, share: share(first.value) })
  return measure(first.value, output.unit)
}
