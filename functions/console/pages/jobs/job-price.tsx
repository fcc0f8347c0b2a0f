import { Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../api/types.ts'
import { moneyOf } from '../../parts/job-facts.ts'

/** What a job costs, and what became of that. */
export function JobPrice({ job }: { job: Job }) {
  const { t } = useTranslation()
  return (
    <>
      <span style={{ whiteSpace: 'nowrap' }}>{t('jobs.price', { count: job.price })}</span>{' '}
      <Typography.Text type="secondary" style={{ whiteSpace: 'nowrap' }}>
        {t(`jobs.money.${moneyOf(job)}`)}
      </Typography.Text>
    </>
  )
}
