import { Alert, Button, Flex, Skeleton, Switch, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure } from '../../parts/failure.tsx'
import { useFormats } from '../../parts/formats.ts'
import { type Column, Records } from '../../parts/records.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { useHealth } from './admin-api.ts'
import { type CheckRow, checkRows } from './check-rows.ts'
import { SectionTitle } from './section-title.tsx'

const EVERY_MS = 10_000

/** Whether everything that the service stands on can be reached, now and from now on. */
export function SystemHealth() {
  const { t } = useTranslation()
  const { time } = useFormats()
  const [isWatching, setWatching] = useState(true)
  const health = useHealth(isWatching && EVERY_MS)
  const columns = useColumns()
  return (
    <>
      <SectionTitle text={t('admin.health.title')}>
        <Flex component="label" align="center" gap="small">
          <Switch checked={isWatching} onChange={setWatching} />
          {t('admin.health.watch', { count: EVERY_MS / 1000 })}
        </Flex>
        <Button loading={health.isFetching} onClick={() => health.refetch()}>
          {t('admin.health.now')}
        </Button>
      </SectionTitle>
      {health.isPending && <Skeleton active paragraph={{ rows: 4 }} />}
      {health.error && <Failure error={health.error} onRetry={() => health.refetch()} />}
      {health.data && (
        <>
          <Alert
            type={health.data.status === 'up' ? 'success' : 'error'}
            role="status"
            showIcon
            title={t(`admin.health.all_${health.data.status}`)}
            style={{ marginBottom: 12 }}
          />
          <Records
            label={t('admin.health.title')}
            columns={columns}
            rows={checkRows(health.data)}
            idOf={({ service }) => service}
          />
          <Typography.Paragraph type="secondary" style={{ marginTop: 12 }}>
            {t('admin.health.checked', { at: time(new Date(health.dataUpdatedAt)) })}
          </Typography.Paragraph>
        </>
      )}
    </>
  )
}

function useColumns(): Column<CheckRow>[] {
  const { t } = useTranslation()
  const { number } = useFormats()
  return [
    {
      key: 'service',
      title: t('admin.health.service'),
      render: ({ service }) => <strong>{t(`admin.health.services.${service}`, { defaultValue: service })}</strong>,
    },
    {
      key: 'state',
      title: t('admin.health.state'),
      render: ({ status }) => <StateTag tone={status === 'up' ? 'good' : 'bad'} text={t(`admin.health.${status}`)} />,
    },
    {
      key: 'latency',
      title: t('admin.health.latency'),
      isNumber: true,
      render: ({ latency_ms }) => t('admin.health.ms', { ms: number(latency_ms) }),
    },
  ]
}
