import { Collapse, Result, Skeleton, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { usePredictors, useProfile } from '../../api/hooks.ts'
import type { Predictor } from '../../api/types.ts'
import { useFeatureTexts } from '../../forms/feature-texts.ts'
import { manifestOf } from '../../forms/manifest-of.ts'
import { PredictionForm } from '../../forms/prediction-form.tsx'
import { Failure } from '../../parts/failure.tsx'
import { useFormats } from '../../parts/formats.ts'
import { PageTitle } from '../../shell/page-title.tsx'
import { VersionNote } from './predictor-card.tsx'
import { QualityList } from './quality-list.tsx'

export default function PredictorPage() {
  const { t } = useTranslation()
  const { name = '' } = useParams()
  const { data: predictors, error, refetch } = usePredictors()
  const { data: profile, error: profileError, refetch: refetchProfile } = useProfile()
  const predictor = predictors?.find(({ model_name }) => model_name === name)
  const back = <Link to="/console/predictors">{t('predictors.all')}</Link>
  if (predictor !== undefined && profile !== undefined)
    return (
      <>
        <nav aria-label={t('predictors.title')}>{back}</nav>
        <About predictor={predictor} />
        <PredictionForm key={`${profile.id}/${predictor.version_id}`} predictor={predictor} />
      </>
    )
  if (predictors !== undefined && predictor === undefined)
    return <Result status="404" title={t('predictors.unknown', { name })} extra={back} />
  const failure = error ?? profileError
  const retry = () => Promise.all([refetch(), refetchProfile()])
  return (
    <>
      <PageTitle title="predictors.title" />
      {failure === null ? (
        <Skeleton active paragraph={{ rows: 10 }} aria-label={t('loading')} />
      ) : (
        <Failure error={failure} onRetry={retry} />
      )}
    </>
  )
}

/** What it predicts and what it is good at; the figures for who wants them. */
function About({ predictor }: { predictor: Predictor }) {
  const { t } = useTranslation()
  const { number } = useFormats()
  const texts = useFeatureTexts(predictor.domain)
  const manifest = manifestOf(predictor)
  const { task, output, classes = [], price } = predictor
  const outcome = `${texts.output(output)}${output.unit === '' ? '' : ` (${texts.unit(output.unit)})`}`
  return (
    <>
      <PageTitle title={texts.title(manifest)} />
      <Typography.Paragraph style={{ marginBottom: 4 }}>{texts.summary(manifest)}</Typography.Paragraph>
      <Typography.Paragraph type="secondary" style={{ marginBottom: 8 }}>
        {t(`predictors.task.${task}`, { output: outcome, classes: classes.join(', ') })} ·{' '}
        {t('predictors.price', { count: price, price: number(price) })}
      </Typography.Paragraph>
      <Collapse
        ghost
        size="small"
        style={{ marginBottom: 16, marginInline: -12 }}
        items={[
          {
            key: 'quality',
            label: t('predictors.quality.title'),
            children: (
              <>
                <QualityList predictor={predictor} />
                <VersionNote predictor={predictor} />
              </>
            ),
          },
        ]}
      />
    </>
  )
}
