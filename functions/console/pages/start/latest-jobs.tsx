import { useQuery } from '@tanstack/react-query'
import { Flex, Skeleton, Typography, theme } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/call.ts'
import { usePredictors } from '../../api/hooks.ts'
import { keys } from '../../api/keys.ts'
import type { Job } from '../../api/types.ts'
import { useFeatureTexts } from '../../forms/feature-texts.ts'
import { Failure } from '../../parts/failure.tsx'
import { useFormats } from '../../parts/formats.ts'
import { When } from '../../parts/when.tsx'
import { Panel } from '../../shell/panel.tsx'
import { StatusLabel } from '../jobs/status-label.tsx'
import { describeResult } from './describe-result.ts'

const SHOWN = 5

/** The last jobs; asked for anew whenever one of them changes. */
export function useLatestJobs() {
  return useQuery({
    queryKey: [...keys.jobs, 'latest'],
    queryFn: async ({ signal }) => {
      const { jobs } = await call<{ jobs: Job[] }>('/history', { query: { limit: SHOWN, expand: 'true' }, signal })
      return jobs
    },
  })
}

export function LatestJobs() {
  const { t } = useTranslation()
  const { data: jobs, error, refetch } = useLatestJobs()
  return (
    <section aria-labelledby="latest-jobs">
      <Flex align="baseline" justify="space-between" gap="small" wrap>
        <Typography.Title level={2} id="latest-jobs" style={{ fontSize: 18 }}>
          {t('start.jobs.title')}
        </Typography.Title>
        {jobs !== undefined && jobs.length > 0 && <Link to="/console/jobs">{t('start.jobs.all')}</Link>}
      </Flex>
      {error !== null && <Failure error={error} onRetry={() => void refetch()} />}
      {jobs === undefined && error === null && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      {jobs?.length === 0 && <Typography.Paragraph type="secondary">{t('start.jobs.none')}</Typography.Paragraph>}
      {jobs !== undefined && jobs.length > 0 && <JobList jobs={jobs} />}
    </section>
  )
}

function JobList({ jobs }: { jobs: readonly Job[] }) {
  const { token } = theme.useToken()
  return (
    <Panel padding={0}>
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {jobs.map((job, index) => (
          <li
            key={job.job_id}
            style={{ padding: '10px 12px', borderTop: index > 0 ? `1px solid ${token.colorSplit}` : 'none' }}
          >
            <JobLine job={job} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function JobLine({ job }: { job: Job }) {
  const { t } = useTranslation()
  const { number } = useFormats()
  const predictor = usePredictors().data?.find(({ model_name }) => model_name === job.model_name)
  const texts = useFeatureTexts(predictor?.domain ?? '')
  const title = predictor ? texts.title({ ...predictor, name: job.model_name }) : job.model_name
  const result = describeResult(job, predictor, number) ?? t('start.jobs.rows', { count: job.rows })
  return (
    <Flex align="center" gap="4px 16px" wrap>
      <Link to={`/console/jobs/${job.job_id}`} style={{ flex: '1 1 160px', overflowWrap: 'anywhere' }}>
        {title}
      </Link>
      <span style={{ flex: '1 1 110px' }}>{result}</span>
      <span style={{ flex: '0 1 120px' }} aria-live="polite">
        <StatusLabel status={job.status} />
      </span>
      <Typography.Text type="secondary">
        <When at={job.created_at} />
      </Typography.Text>
    </Flex>
  )
}
