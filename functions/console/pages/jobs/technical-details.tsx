import { Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../api/types.ts'
import { useNumberTexts } from '../../parts/number-texts.ts'
import { When } from '../../parts/when.tsx'
import { Facts } from './facts.tsx'

/** What the support, or a curious person, wants to know. */
export function TechnicalDetails({ job }: { job: Job }) {
  const { t } = useTranslation()
  const { duration, measure } = useNumberTexts()
  const code = (text: string) => <Typography.Text code>{text}</Typography.Text>
  const ms = (value: number | null) => (value === null ? t('jobs.not_known') : duration(value))
  const entries = {
    id: code(job.job_id),
    model_name: code(job.model_name),
    version: code(job.version_id),
    artefact: code(job.artefact_sha256),
    attempts: measure(job.attempts),
    queue: ms(job.queue_ms),
    run: ms(job.run_ms),
    deadline: job.deadline_at === null ? t('jobs.technical.no_deadline') : <When at={job.deadline_at} />,
    revision: measure(job.revision),
  }
  return (
    <details style={{ marginBottom: 16 }}>
      <summary style={{ cursor: 'pointer', marginBottom: 8 }}>
        <Typography.Text>{t('jobs.technical.title')}</Typography.Text>
      </summary>
      <Facts entries={Object.entries(entries).map(([name, value]) => ({ name: t(`jobs.technical.${name}`), value }))} />
    </details>
  )
}
