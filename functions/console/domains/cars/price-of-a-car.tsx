import { Empty, Skeleton, Typography } from 'antd'
import { useCallback, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { usePredictors, useProfile } from '../../api/hooks.ts'
import { Failure } from '../../parts/failure.tsx'
import { PageTitle } from '../../shell/page-title.tsx'
import { CarForm } from './car-form.tsx'
import { jobsInAddress } from './car-models.ts'
import { Comparison } from './comparison.tsx'

export default function PriceOfACar() {
  const { t } = useTranslation()
  const { data: predictors, error, refetch } = usePredictors()
  const { data: profile } = useProfile()
  const models = useMemo(() => predictors?.filter(({ domain }) => domain === 'cars'), [predictors])
  const isReady = models !== undefined && profile !== undefined
  return (
    <>
      <PageTitle title="cars.title" />
      {error !== null && <Failure error={error} onRetry={() => refetch()} />}
      {!isReady && error === null && <Skeleton active paragraph={{ rows: 10 }} aria-label={t('loading')} />}
      {isReady && models.length === 0 && <Empty description={t('cars.empty')} />}
      {isReady && models.length > 0 && <AskAndCompare key={profile.id} models={models} />}
    </>
  )
}

type Models = NonNullable<ReturnType<typeof usePredictors>['data']>

/** The results stand in the address, so that they outlive a reload. */
function AskAndCompare({ models }: { models: Models }) {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const results = useRef<HTMLElement>(null)
  const ids = jobsInAddress(search.get('jobs'))
  const show = useCallback(
    (jobs: readonly string[]) => {
      setSearch({ jobs: jobs.join(',') })
      window.requestAnimationFrame(() => {
        results.current?.focus()
        results.current?.scrollIntoView({ block: 'start' })
      })
    },
    [setSearch],
  )
  return (
    <>
      <Typography.Paragraph>{t('cars.intro')}</Typography.Paragraph>
      <CarForm models={models} onJobs={show} />
      <section ref={results} tabIndex={-1} aria-label={t('cars.results.title')} style={{ outline: 'none' }}>
        {ids.length > 0 && <Comparison ids={ids} models={models} />}
      </section>
    </>
  )
}
