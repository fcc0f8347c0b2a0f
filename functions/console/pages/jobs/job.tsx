import { Alert, App, Button, Flex, Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { ApiError } from '../../api/call.ts'
import type { Job as JobAnswer } from '../../api/types.ts'
import { askAgainAddress } from '../../domains/asked-at.ts'
import { copyText } from '../../parts/copy-text.ts'
import { Failure } from '../../parts/failure.tsx'
import { isOpen } from '../../parts/job-facts.ts'
import { LinkButton } from '../../shell/link-button.tsx'
import { PageTitle } from '../../shell/page-title.tsx'
import { CancelButton } from './cancel-button.tsx'
import { ConnectionLabel } from './connection-label.tsx'
import { ExportButtons } from './export-buttons.tsx'
import { Facts } from './facts.tsx'
import { JobFailure } from './job-failure.tsx'
import { JobInput } from './job-input.tsx'
import { JobPrice } from './job-price.tsx'
import { JobTimeline } from './job-timeline.tsx'
import { useLiveJob } from './jobs-api.ts'
import { ModelName } from './model-name.tsx'
import { NoSuchJob } from './no-such-job.tsx'
import { RowAnswer } from './row-answer.tsx'
import { RowsAnswer } from './rows-answer.tsx'
import { Section } from './section.tsx'
import { StatusLabel } from './status-label.tsx'
import { TechnicalDetails } from './technical-details.tsx'

/** One job, as it becomes: from the queue to what came out, and why. */
export default function Job() {
  const { id = '' } = useParams()
  const { data: job, error, refetch } = useLiveJob(id)
  if (error instanceof ApiError && error.status === 404) return <NoSuchJob />
  return (
    <>
      <PageTitle title="jobs.one">{job && <Actions job={job} />}</PageTitle>
      {error !== null && <Failure error={error} onRetry={() => refetch()} />}
      {job === undefined && error === null && <Skeleton active paragraph={{ rows: 8 }} />}
      {job && <Whole job={job} />}
    </>
  )
}

function Whole({ job }: { job: JobAnswer }) {
  const { t } = useTranslation()
  const facts = [
    { name: t('jobs.fields.status'), value: <LiveStatus job={job} /> },
    { name: t('jobs.fields.model'), value: <ModelName name={job.model_name} /> },
    { name: t('jobs.fields.price'), value: <JobPrice job={job} /> },
    ...(job.rows > 1 ? [{ name: t('jobs.fields.rows'), value: t('jobs.rows', { count: job.rows }) }] : []),
  ]
  return (
    <>
      <Section title={t('jobs.summary')} extra={isOpen(job) && <ConnectionLabel />}>
        <JobTimeline job={job} />
        <Facts entries={facts} />
      </Section>
      <JobFailure job={job} />
      {isOpen(job) && <Waiting job={job} />}
      {job.results && (
        <Section title={t('jobs.fields.result')} extra={<ExportButtons job={job} />}>
          {job.rows > 1 ? <RowsAnswer job={job} /> : <RowAnswer job={job} row={0} />}
        </Section>
      )}
      <JobInput job={job} />
      <TechnicalDetails job={job} />
    </>
  )
}

/** Said aloud when it changes. */
function LiveStatus({ job }: { job: JobAnswer }) {
  return (
    <span role="status">
      <StatusLabel status={job.status} />
    </span>
  )
}

function Waiting({ job }: { job: JobAnswer }) {
  const { t } = useTranslation()
  return <Alert type="info" showIcon title={t(`jobs.waiting.${job.status}`)} style={{ marginBottom: 16 }} />
}

function Actions({ job }: { job: JobAnswer }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const copy = async (what: 'id' | 'link', text: string) => {
    if (await copyText(text)) message.success(t(`jobs.copy.${what}_done`))
    else message.error(t('jobs.copy.refused', { text }))
  }
  return (
    <Flex gap="small" wrap>
      <CancelButton job={job} />
      <LinkButton type="primary" to={askAgainAddress(job)}>
        {t('jobs.run_again')}
      </LinkButton>
      <Button onClick={() => copy('link', new URL(`/console/jobs/${job.job_id}`, window.location.origin).href)}>
        {t('jobs.copy.link')}
      </Button>
      <Button onClick={() => copy('id', job.job_id)}>{t('jobs.copy.id')}</Button>
    </Flex>
  )
}
