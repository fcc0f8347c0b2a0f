import { useQuery } from '@tanstack/react-query'
import { Alert, Empty, Flex, Skeleton, Spin, Typography } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ApiError, call } from '../../../api/call.ts'
import { useLiveJob } from '../../../pages/jobs/jobs-api.ts'
import { Failure } from '../../../parts/failure.tsx'
import { useFormats } from '../../../parts/formats.ts'
import { isOpen } from '../../../parts/job-facts.ts'
import { movieKeys, type Recommendation } from '../movies-api.ts'
import { FilmCards } from '../parts/film-grid.tsx'

/** The answer to a search, also to one that has still to be worked on. It is asked for by its id, and costs nothing more. */
export function SearchResults({ id }: { id: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: movieKeys.results(id),
    queryFn: ({ signal }) => call<Recommendation>(`/recommendations/${encodeURIComponent(id)}`, { signal }),
    staleTime: Infinity,
    gcTime: Infinity,
  })
  if (data) return <Answer answer={data} />
  if (error instanceof ApiError && error.status === 404) return <Waiting id={id} onFinished={refetch} />
  return error === null ? <WaitingCards /> : <Failure error={error} onRetry={refetch} />
}

const WaitingCards = () => <Skeleton active paragraph={{ rows: 6 }} style={{ marginTop: 24 }} />

/** Follows the job until there is an answer to be read. */
function Waiting({ id, onFinished }: { id: string; onFinished(): unknown }) {
  const { t } = useTranslation()
  const { data: job, error, refetch } = useLiveJob(id)
  const isFinished = job?.status === 'finished'
  useEffect(() => {
    if (isFinished) onFinished()
  }, [isFinished, onFinished])
  if (error !== null) return <Failure error={error} onRetry={refetch} />
  if (job === undefined || isFinished) return <WaitingCards />
  const link = <Link to={`/console/jobs/${id}`}>{t('movies.results.job')}</Link>
  if (isOpen(job))
    return (
      <Alert
        type="info"
        role="status"
        style={{ marginTop: 24 }}
        icon={<Spin size="small" />}
        showIcon
        title={t('movies.results.working')}
        description={link}
      />
    )
  return (
    <Alert
      type="warning"
      role="alert"
      showIcon
      style={{ marginTop: 24 }}
      title={t('movies.results.failed')}
      description={link}
    />
  )
}

function Answer({ answer: { results, cost } }: { answer: Recommendation }) {
  const { t } = useTranslation()
  const { number } = useFormats()
  return (
    <>
      <Flex align="baseline" gap="4px 12px" wrap style={{ margin: '28px 0 12px' }}>
        <Typography.Title level={2} style={{ fontSize: 20, margin: 0 }}>
          {t('movies.results.title')}
        </Typography.Title>
        <Typography.Text type="secondary" role="status">
          {t('movies.results.count', { count: results.length })}
          {' · '}
          {cost === 0 ? t('movies.results.free') : t('movies.results.cost', { count: cost, price: number(cost) })}
        </Typography.Text>
      </Flex>
      {results.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('movies.results.none')} />
      ) : (
        <FilmCards label={t('movies.results.title')} films={results} />
      )}
    </>
  )
}
