import { Card, Col, Row, Statistic, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormats } from '../../parts/formats.ts'
import { shortId } from '../../parts/short-id.ts'
import { When } from '../../parts/when.tsx'
import type { Entry } from './entries.ts'

interface HoldingsProps {
  balance: number
  held: number
  /** Newest first; there may be older ones than those that are known here. */
  holds: readonly Entry[]
}

/** What can be spent, and what open jobs hold, hold by hold. */
export function Holdings({ balance, held, holds }: HoldingsProps) {
  const { t } = useTranslation()
  const { number } = useFormats()
  const figure = (key: string, value: number) => (
    <Card size="small" style={{ height: '100%' }}>
      <Statistic title={t(`wallet.${key}.title`)} value={value} formatter={() => number(value)} />
      <Typography.Text type="secondary">{t(`wallet.${key}.text`)}</Typography.Text>
      {key === 'held' && <Holds held={held} holds={holds} />}
    </Card>
  )
  return (
    <Row gutter={[16, 16]} aria-live="polite">
      <Col xs={24} md={12}>
        {figure('available', balance)}
      </Col>
      <Col xs={24} md={12}>
        {figure('held', held)}
      </Col>
    </Row>
  )
}

const MOST_SHOWN = 5

function Holds({ held, holds }: Omit<HoldingsProps, 'balance'>) {
  const { t } = useTranslation()
  const shown = holds.slice(0, MOST_SHOWN)
  const rest = held - shown.reduce((sum, { moved }) => sum + moved, 0)
  if (held === 0 || shown.length === 0) return null
  return (
    <ul aria-label={t('wallet.held.list')} style={{ margin: '8px 0 0', paddingInlineStart: 20 }}>
      {shown.map(({ id, moved, job_id, created_at }) => (
        <li key={id}>
          <Link to={`/console/jobs/${job_id}`}>
            {t('wallet.held.by', { count: moved, job: shortId(job_id ?? '') })}
          </Link>{' '}
          <Typography.Text type="secondary">
            <When at={created_at} />
          </Typography.Text>
        </li>
      ))}
      {rest > 0 && <li>{t('wallet.held.rest', { count: rest })}</li>}
    </ul>
  )
}
