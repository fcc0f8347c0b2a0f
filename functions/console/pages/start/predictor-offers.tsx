import { Flex, Skeleton, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { usePredictors } from '../../api/hooks.ts'
import type { Predictor } from '../../api/types.ts'
import { askAddress } from '../../domains/asked-at.ts'
import { useFeatureTexts } from '../../forms/feature-texts.ts'
import { Failure } from '../../parts/failure.tsx'
import { useFormats } from '../../parts/formats.ts'
import { LinkButton } from '../../shell/link-button.tsx'
import { Panel } from '../../shell/panel.tsx'
import { cheapest } from './next-step.ts'

/** The predictors that are easiest to try. */
export function PredictorOffers() {
  const { t } = useTranslation()
  const { data: predictors, error, refetch } = usePredictors()
  return (
    <section aria-labelledby="offers">
      <Flex align="baseline" justify="space-between" gap="small" wrap>
        <Typography.Title level={2} id="offers" style={{ fontSize: 18 }}>
          {t('start.offers.title')}
        </Typography.Title>
        <Link to="/console/predictors">{t('start.offers.all')}</Link>
      </Flex>
      {error !== null && <Failure error={error} onRetry={() => void refetch()} />}
      {predictors?.length === 0 && (
        <Typography.Paragraph type="secondary">{t('start.offers.none')}</Typography.Paragraph>
      )}
      <div
        style={{ display: 'grid', gap: 12, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 260px), 1fr))' }}
      >
        {predictors === undefined && error === null && <WaitingCards />}
        {cheapest(predictors ?? []).map((predictor) => (
          <OfferCard key={predictor.model_name} predictor={predictor} />
        ))}
      </div>
    </section>
  )
}

function WaitingCards() {
  return [1, 2, 3].map((place) => (
    <Panel key={place}>
      <Skeleton active paragraph={{ rows: 3 }} />
    </Panel>
  ))
}

function OfferCard({ predictor }: { predictor: Predictor }) {
  const { model_name, domain, price } = predictor
  const { t } = useTranslation()
  const texts = useFeatureTexts(domain)
  const title = texts.title({ ...predictor, name: model_name })
  const { number } = useFormats()
  return (
    <Panel>
      <Flex vertical gap="small" style={{ height: '100%' }}>
        <Typography.Title level={3} style={{ fontSize: 16, margin: 0 }}>
          {title}
        </Typography.Title>
        <Typography.Paragraph type="secondary" style={{ flex: 1, margin: 0 }}>
          {texts.summary({ ...predictor, name: model_name })}
        </Typography.Paragraph>
        <Flex align="center" justify="space-between" gap="small" wrap>
          <span>{t('start.offers.price', { count: price, amount: number(price) })}</span>
          <LinkButton to={askAddress(model_name)} aria-label={t('start.offers.try_named', { title })}>
            {t('start.offers.try')}
          </LinkButton>
        </Flex>
      </Flex>
    </Panel>
  )
}
