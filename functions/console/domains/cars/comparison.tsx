import { useQueries, useQueryClient } from '@tanstack/react-query'
import { Skeleton, Typography } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import type { Job, Predictor } from '../../api/types.ts'
import { useFeatureTexts } from '../../forms/feature-texts.ts'
import { ContributionsChart } from '../../parts/charts/contributions-chart.tsx'
import { Failure } from '../../parts/failure.tsx'
import { inputOfRow, isOpen } from '../../parts/job-facts.ts'
import { PriceCard } from './price-card.tsx'
import { PricesChart } from './prices-chart.tsx'
import { type Told, tell } from './told.ts'

/** What is shown while the stream of changes is away. */
const POLL_MS = 3_000

interface ComparisonProps {
  ids: readonly string[]
  models: readonly Predictor[]
}

/** What each model says of the same car, how sure it is, and why. */
export function Comparison({ ids, models }: ComparisonProps) {
  const { t } = useTranslation()
  const texts = useFeatureTexts('cars')
  const queries = useQueryClient()
  const { jobs, waiting, error } = useJobs(ids)
  const told = useMemo(() => jobs.map((job) => tell(job, models, texts)), [jobs, models, texts])
  const finished = told.filter(({ job }) => job.status === 'finished')
  return (
    <>
      <Typography.Title level={2} style={{ fontSize: 20 }}>
        {t('cars.results.title')}
      </Typography.Title>
      {error !== null && <Failure error={error} onRetry={() => queries.refetchQueries({ queryKey: keys.jobs })} />}
      <div aria-live="polite" style={tiles}>
        {told.map((one) => (
          <PriceCard key={one.job.job_id} told={one} />
        ))}
        {waiting.map((id) => (
          <Skeleton key={id} active />
        ))}
      </div>
      {finished.length > 0 && <PricesChart told={finished} />}
      {finished.length > 0 && <Reasons told={finished} />}
    </>
  )
}

const tiles = { display: 'grid', gap: 16, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 240px), 1fr))' }

function Reasons({ told }: { told: readonly Told[] }) {
  const { t } = useTranslation()
  return (
    <>
      <Typography.Title level={2} style={{ fontSize: 20 }}>
        {t('cars.results.reasons')}
      </Typography.Title>
      <div style={{ display: 'grid', gap: 24, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 300px), 1fr))' }}>
        {told.map(({ job, title, terms }) => {
          const result = job.results?.[0]
          if (result?.contributions === undefined) return null
          return (
            <section key={job.job_id} aria-label={title} style={{ minWidth: 0 }}>
              <Typography.Text strong>{title}</Typography.Text>
              <ContributionsChart
                value={result.value}
                contributions={result.contributions}
                input={inputOfRow(job, 0)}
                terms={terms}
              />
            </section>
          )
        })}
      </div>
    </>
  )
}

function useJobs(ids: readonly string[]) {
  return useQueries({
    queries: ids.map((id) => ({
      queryKey: keys.job(id),
      queryFn: ({ signal }: { signal: AbortSignal }) => call<Job>(`/predict/${id}`, { signal }),
      refetchInterval: ({ state: { data } }: { state: { data: Job | undefined } }) =>
        data !== undefined && isOpen(data) ? POLL_MS : false,
    })),
    combine: (results) => ({
      jobs: results.flatMap(({ data }) => data ?? []),
      waiting: ids.filter((_, at) => results[at]?.isPending),
      error: results.find((result) => result.error !== null)?.error ?? null,
    }),
  })
}
