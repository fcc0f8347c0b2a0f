import { Flex, Segmented, Skeleton, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { Failure } from '../../parts/failure.tsx'
import { useFormats } from '../../parts/formats.ts'
import { Panel } from '../../shell/panel.tsx'
import { SectionTitle } from '../admin/section-title.tsx'
import { type Usage as UsageAnswer, useUsage } from './operations-api.ts'
import { TopList } from './top-list.tsx'
import { UsageChart } from './usage-chart.tsx'

const SPANS = [7, 30, 90]

/** What people did in the last days. */
export default function Usage() {
  const { t } = useTranslation()
  const [address, setAddress] = useSearchParams()
  const days = SPANS.find((span) => String(span) === address.get('days')) ?? 30
  const { data, error, refetch } = useUsage(days)
  return (
    <>
      <SectionTitle text={t('operations.usage.title')}>
        <Segmented<number>
          aria-label={t('operations.usage.span')}
          name="days"
          value={days}
          options={SPANS.map((value) => ({ value, label: t('operations.usage.days', { count: value }) }))}
          onChange={(span) => setAddress({ days: String(span) }, { replace: true })}
        />
      </SectionTitle>
      {error !== null && <Failure error={error} onRetry={refetch} />}
      {data === undefined && error === null && <Skeleton active paragraph={{ rows: 8 }} />}
      {data && <Whole usage={data} />}
    </>
  )
}

function Whole({ usage }: { usage: UsageAnswer }) {
  const { t } = useTranslation()
  return (
    <>
      <Counts usage={usage} />
      <UsageChart days={usage.days} />
      <div style={{ display: 'grid', gap: 16, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 300px), 1fr))' }}>
        <TopList
          title={t('operations.usage.shown')}
          lines={usage.shown_films.map(({ id, title, number }) => ({
            text: title,
            number,
            to: `/console/movies/${id}`,
          }))}
        />
        <TopList
          title={t('operations.usage.liked')}
          lines={usage.liked_films.map(({ id, title, number }) => ({
            text: title,
            number,
            to: `/console/movies/${id}`,
          }))}
        />
        <TopList
          title={t('operations.usage.queries')}
          note={t('operations.usage.queries_note')}
          lines={usage.queries.map(({ text, number }) => ({ text, number }))}
        />
      </div>
    </>
  )
}

function Counts({ usage }: { usage: UsageAnswer }) {
  const { t } = useTranslation()
  const { number } = useFormats()
  const sum = (of: (day: UsageAnswer['days'][number]) => number) => usage.days.reduce((all, day) => all + of(day), 0)
  const counts = {
    active_users: usage.active_users,
    new_users: sum((day) => day.new_users),
    jobs: usage.jobs.ended,
    failed_jobs: usage.jobs.failed,
    searches: usage.searches.query,
    without_result: usage.searches.without_result,
    credits_spent: sum((day) => day.credits_spent),
    imported: usage.imports.films,
  }
  const tiles = { display: 'grid', gap: 12, gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))' }
  return (
    <Flex component="dl" style={{ ...tiles, margin: '0 0 24px' }}>
      {Object.entries(counts).map(([name, count]) => (
        <Panel key={name}>
          <dt>
            <Typography.Text type="secondary">{t(`operations.usage.counts.${name}`)}</Typography.Text>
          </dt>
          <dd style={{ margin: 0, fontSize: 24, fontWeight: 600 }}>{number(count)}</dd>
        </Panel>
      ))}
    </Flex>
  )
}
