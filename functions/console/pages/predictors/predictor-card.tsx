import { Button, Card, Flex, Tag, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { Predictor } from '../../api/types.ts'
import { askAddress } from '../../domains/asked-at.ts'
import { useFeatureTexts } from '../../forms/feature-texts.ts'
import { manifestOf } from '../../forms/manifest-of.ts'
import { useFormats } from '../../parts/formats.ts'
import type { Standouts } from './quality.ts'
import { QualityList } from './quality-list.tsx'

/** A predictor among others: what it is good at, how good, and what it costs. */
export function PredictorCard({ predictor, standouts }: { predictor: Predictor; standouts: Standouts }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { number } = useFormats()
  const texts = useFeatureTexts(predictor.domain)
  const manifest = manifestOf(predictor)
  const { model_name, price } = predictor
  const address = askAddress(model_name)
  return (
    <Card style={{ height: '100%' }} styles={{ body: { height: '100%', display: 'flex', flexDirection: 'column' } }}>
      <Flex align="center" gap="small" wrap style={{ marginBottom: 8 }}>
        <Typography.Title level={3} style={{ margin: 0, fontSize: 18 }}>
          <Link to={address}>{texts.title(manifest)}</Link>
        </Typography.Title>
        {standouts.best === model_name && <Tag>{t('predictors.badges.best')}</Tag>}
        {standouts.cheapest === model_name && <Tag>{t('predictors.badges.cheapest')}</Tag>}
      </Flex>
      <Typography.Paragraph style={{ marginBottom: 0 }}>{texts.summary(manifest)}</Typography.Paragraph>
      <div style={{ flex: 1 }}>{predictor.task !== 'search' && <QualityList predictor={predictor} />}</div>
      <VersionNote predictor={predictor} />
      <Flex align="center" justify="space-between" wrap gap="small" style={{ marginTop: 12 }}>
        <Typography.Text strong>{t('predictors.price', { count: price, price: number(price) })}</Typography.Text>
        <Button type="primary" onClick={() => navigate(address)}>
          {t('predictors.open')}
        </Button>
      </Flex>
    </Card>
  )
}

/** What serves now, and since when. */
export function VersionNote({ predictor: { version, updated_at } }: { predictor: Predictor }) {
  const { t } = useTranslation()
  const { day } = useFormats()
  return (
    <Typography.Text type="secondary" style={{ display: 'block', marginTop: 8 }}>
      {t('predictors.version', { version })} · {t('predictors.updated', { at: day(updated_at) })}
    </Typography.Text>
  )
}
