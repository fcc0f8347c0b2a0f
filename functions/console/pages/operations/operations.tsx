import { Button, Empty, Skeleton, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Failure } from '../../parts/failure.tsx'
import { useFormats } from '../../parts/formats.ts'
import { useNumberTexts } from '../../parts/number-texts.ts'
import { type Column, Records } from '../../parts/records.tsx'
import { SectionTitle } from '../admin/section-title.tsx'
import { LatencyChart } from './latency-chart.tsx'
import { type Operation, useOperations } from './operations-api.ts'

/** How often each operation was asked for, how it ended, and how long it took. */
export default function Operations() {
  const { t } = useTranslation()
  const { data, error, refetch, isFetching } = useOperations()
  const columns = useColumns()
  return (
    <>
      <SectionTitle text={t('operations.latency.title')}>
        <Button loading={isFetching} onClick={() => refetch()}>
          {t('parts.refresh')}
        </Button>
      </SectionTitle>
      <Typography.Paragraph style={{ marginBottom: 4 }}>{t('operations.latency.text')}</Typography.Paragraph>
      <Typography.Paragraph>
        <a href="/metrics">{t('operations.latency.prometheus')}</a>
      </Typography.Paragraph>
      {error !== null && <Failure error={error} onRetry={refetch} />}
      {data === undefined && error === null && <Skeleton active paragraph={{ rows: 8 }} />}
      {data?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('operations.latency.none')} />}
      {data && data.length > 0 && (
        <>
          <LatencyChart operations={data} />
          <Records
            label={t('operations.latency.title')}
            columns={columns}
            rows={data}
            idOf={({ function: room, operation }) => `${room} ${operation}`}
          />
        </>
      )}
    </>
  )
}

function useColumns(): Column<Operation>[] {
  const { t } = useTranslation()
  const { number } = useFormats()
  const { duration } = useNumberTexts()
  const time = (name: 'p50_seconds' | 'p95_seconds' | 'p99_seconds'): Column<Operation> => ({
    key: name,
    title: t(`operations.latency.${name}`),
    isNumber: true,
    render: (one) => one[name] !== null && duration(1_000 * one[name]),
  })
  const count = (name: 'requests' | 'client_errors' | 'server_errors'): Column<Operation> => ({
    key: name,
    title: t(`operations.latency.${name}`),
    isNumber: true,
    render: (one) => number(one[name]),
  })
  return [
    {
      key: 'operation',
      title: t('operations.latency.operation'),
      render: ({ operation, function: room }) => (
        <>
          <strong style={{ overflowWrap: 'anywhere' }}>{operation}</strong>{' '}
          <Typography.Text type="secondary">{room}</Typography.Text>
        </>
      ),
    },
    count('requests'),
    count('client_errors'),
    count('server_errors'),
    time('p50_seconds'),
    time('p95_seconds'),
    time('p99_seconds'),
  ]
}
