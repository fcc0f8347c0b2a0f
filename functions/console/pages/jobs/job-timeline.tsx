import { Steps, type StepsProps } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../api/types.ts'
import { useFormats } from '../../parts/formats.ts'
import { isOpen, type Stage, stagesOf } from '../../parts/job-facts.ts'
import { useNumberTexts } from '../../parts/number-texts.ts'

type StepStatus = NonNullable<NonNullable<StepsProps['items']>[number]['status']>

/** From creation to the end: when, and how long it took. */
export function JobTimeline({ job }: { job: Job }) {
  const { t } = useTranslation()
  const { time } = useFormats()
  const { duration } = useNumberTexts()
  const stages = stagesOf(job)
  const items = stages.map((stage) => ({
    key: stage.name,
    status: stepStatus(job, stage),
    title: t(stage.name === 'ended' && !isOpen(job) ? `jobs.status.${job.status}` : `jobs.stages.${stage.name}`),
    content: (
      <>
        {stage.at !== undefined && <time dateTime={stage.at}>{time(stage.at)}</time>}
        {stage.afterMs !== undefined && <div>{t('jobs.stages.after', { duration: duration(stage.afterMs) })}</div>}
      </>
    ),
  }))
  return (
    <Steps
      size="small"
      items={items}
      current={stages.findLastIndex(({ at }) => at !== undefined)}
      responsive
      style={{ marginBottom: 16 }}
    />
  )
}

function stepStatus(job: Job, { name, at }: Stage): StepStatus {
  if (name === 'ended' && (job.status === 'failed' || job.status === 'cancelled')) return 'error'
  if (at !== undefined) return 'finish'
  const isNext = job.status === 'queued' ? name === 'started' : job.status === 'running' && name === 'ended'
  return isNext ? 'process' : 'wait'
}
