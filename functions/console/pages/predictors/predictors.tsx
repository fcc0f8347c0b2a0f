import { Empty, Skeleton, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { usePredictors } from '../../api/hooks.ts'
import type { Predictor } from '../../api/types.ts'
import { Failure } from '../../parts/failure.tsx'
import { PageTitle } from '../../shell/page-title.tsx'
import { PredictorCard } from './predictor-card.tsx'
import { standoutsOf } from './quality.ts'

export default function Predictors() {
  const { t } = useTranslation()
  const { data: predictors, error, refetch, isPending } = usePredictors()
  return (
    <>
      <PageTitle title="predictors.title" />
      <Typography.Paragraph>{t('predictors.intro')}</Typography.Paragraph>
      {isPending && <Skeleton active paragraph={{ rows: 8 }} aria-label={t('loading')} />}
      {error !== null && <Failure error={error} onRetry={() => refetch()} />}
      {predictors?.length === 0 && <Empty description={t('predictors.empty')} />}
      {[...Map.groupBy(predictors ?? [], ({ domain }) => domain)].map(([domain, members]) => (
        <Domain key={domain} domain={domain} predictors={members} />
      ))}
    </>
  )
}

/** Of a domain that nobody has translated. */
const capitalised = (name: string) => name.charAt(0).toLocaleUpperCase() + name.slice(1).replaceAll('_', ' ')

function Domain({ domain, predictors }: { domain: string; predictors: readonly Predictor[] }) {
  const { t } = useTranslation()
  const standouts = standoutsOf(predictors)
  return (
    <section aria-labelledby={`domain-${domain}`} style={{ marginBottom: 32 }}>
      <Typography.Title id={`domain-${domain}`} level={2} style={{ fontSize: 20 }}>
        {t([`${domain}.title`, `predictors.domains.${domain}`], { defaultValue: capitalised(domain) })}
      </Typography.Title>
      <div
        style={{
          display: 'grid',
          gap: 16,
          gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 300px), 1fr))',
        }}
      >
        {predictors.map((predictor) => (
          <PredictorCard key={predictor.model_name} predictor={predictor} standouts={standouts} />
        ))}
      </div>
    </section>
  )
}
