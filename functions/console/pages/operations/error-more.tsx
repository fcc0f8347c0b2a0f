import { Skeleton, Typography, theme } from 'antd'
import { useTranslation } from 'react-i18next'
import { ScrollBox } from '../../forms/scroll-box.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Records } from '../../parts/records.tsx'
import { When } from '../../parts/when.tsx'
import { useErrorDetail } from './operations-api.ts'

/** Where an error came from, and the requests that met it last. */
export function ErrorMore({ id }: { id: string }) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const { data, error, refetch } = useErrorDetail(id, true)
  if (error !== null) return <Failure error={error} onRetry={refetch} />
  if (data === undefined) return <Skeleton active paragraph={{ rows: 8 }} />
  return (
    <>
      <Typography.Paragraph strong style={{ overflowWrap: 'anywhere' }}>
        {data.message}
      </Typography.Paragraph>
      <Typography.Paragraph type="secondary">
        {t('operations.errors.first')} <When at={data.first_seen_at} />
      </Typography.Paragraph>
      {data.stack !== null && (
        <ScrollBox label={t('operations.errors.stack')}>
          <pre style={{ margin: 0, padding: 12, fontSize: 12, background: token.colorFillTertiary }}>{data.stack}</pre>
        </ScrollBox>
      )}
      <Typography.Title level={3} style={{ fontSize: 16 }}>
        {t('operations.errors.recent')}
      </Typography.Title>
      <Records
        label={t('operations.errors.recent')}
        rows={data.recent}
        idOf={({ request_id }) => request_id}
        columns={[
          { key: 'at', title: t('operations.errors.at'), isShort: true, render: (one) => <When at={one.created_at} /> },
          {
            key: 'request',
            title: t('operations.errors.request'),
            render: ({ request_id, path }) => (
              <span style={{ overflowWrap: 'anywhere' }}>
                <code>{request_id}</code> {path}
              </span>
            ),
          },
        ]}
      />
    </>
  )
}
