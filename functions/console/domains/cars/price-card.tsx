import { Card, Flex, Spin, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormats } from '../../parts/formats.ts'
import { isOpen } from '../../parts/job-facts.ts'
import { useNumberTexts } from '../../parts/number-texts.ts'
import type { Told } from './told.ts'

/** What one model says, what it cost, and the way to its job. */
export function PriceCard({ told: { job, title, terms } }: { told: Told }) {
  const { t } = useTranslation()
  const { number } = useFormats()
  return (
    <Card size="small">
      <Typography.Title level={3} style={{ fontSize: 16, margin: 0 }}>
        {title}
      </Typography.Title>
      <Outcome job={job} unit={terms.output.unit} />
      <Flex justify="space-between" wrap gap="small" style={{ marginTop: 8 }}>
        <Typography.Text type="secondary">
          {t('cars.results.cost', { count: job.price, price: number(job.price) })}
        </Typography.Text>
        <Link to={`/console/jobs/${job.job_id}`} aria-label={`${t('cars.results.job')}: ${title}`}>
          {t('cars.results.job')}
        </Link>
      </Flex>
    </Card>
  )
}

function Outcome({ job, unit }: { job: Told['job']; unit: string }) {
  const { t } = useTranslation()
  const { measure, share } = useNumberTexts()
  if (isOpen(job))
    return (
      <Flex gap="small" style={{ paddingBlock: 12 }}>
        <Spin size="small" /> {t('cars.results.working')}
      </Flex>
    )
  if (job.status === 'cancelled') return <p>{t('cars.results.cancelled')}</p>
  const result = job.results?.[0]
  if (result === undefined)
    return (
      <Typography.Paragraph type="danger">
        {t('cars.results.failed', { message: job.error?.message ?? '' })}
      </Typography.Paragraph>
    )
  const { value, interval } = result
  return (
    <>
      <Typography.Text strong style={{ fontSize: 24 }}>
        {measure(value, unit)}
      </Typography.Text>
      {interval && (
        <div>
          {t('cars.results.interval', {
            lower: measure(interval.lower),
            upper: measure(interval.upper, unit),
            share: share(interval.coverage),
          })}
        </div>
      )}
    </>
  )
}
