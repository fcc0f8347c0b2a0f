import { useInfiniteQuery } from '@tanstack/react-query'
import { App, Button, Drawer, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { call } from '../../api/call.ts'
import type { Page } from '../../api/types.ts'
import { describeError } from '../../parts/describe-error.ts'
import { useFormats } from '../../parts/formats.ts'
import { PagedRecords } from '../../parts/paged-records.tsx'
import type { Column } from '../../parts/records.tsx'
import { shortId } from '../../parts/short-id.ts'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Tone } from '../../parts/tones.ts'
import { useOneAtATime } from '../../parts/use-one-at-a-time.ts'
import { When } from '../../parts/when.tsx'
import { adminKeys, type Delivery, redeliver, useChange, type Webhook } from './admin-api.ts'
import { answerText } from './answer-text.ts'

interface DeliveriesProps {
  webhook: Webhook | undefined
  onClose(): void
}

/** What was sent to an address, and what it answered. */
export function Deliveries({ webhook, onClose }: DeliveriesProps) {
  const { t } = useTranslation()
  return (
    <Drawer
      open={webhook !== undefined}
      onClose={onClose}
      size="min(900px, 100vw)"
      title={t('webhooks.deliveries.title')}
      destroyOnHidden
    >
      {webhook && <DeliveryList webhook={webhook} />}
    </Drawer>
  )
}

const WHILE_PENDING_MS = 3_000

function useDeliveries(endpointId: string) {
  return useInfiniteQuery({
    queryKey: adminKeys.deliveries(endpointId),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call<Page<Delivery>>(`/webhooks/${endpointId}/deliveries`, { query: { cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    // Nothing tells of deliveries: while some are on their way they are asked for again.
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ status }) => status === 'pending'))
        ? WHILE_PENDING_MS
        : false,
  })
}

function DeliveryList({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation()
  const list = useDeliveries(webhook.id)
  const columns = useColumns(webhook)
  return (
    <>
      <Typography.Paragraph>
        <code style={{ overflowWrap: 'anywhere' }}>{webhook.url}</code>
      </Typography.Paragraph>
      {webhook.disabled_at !== null && <Typography.Paragraph>{t('webhooks.disabled_text')}</Typography.Paragraph>}
      <PagedRecords
        label={t('webhooks.deliveries.title')}
        list={list}
        rows={list.data?.pages.flatMap(({ items }) => items) ?? []}
        idOf={({ id }) => id}
        columns={columns}
        empty={t('webhooks.deliveries.empty')}
      />
    </>
  )
}

const tones: Record<Delivery['status'], Tone> = { pending: 'waiting', delivered: 'good', failed: 'bad' }

function useColumns(webhook: Webhook): Column<Delivery>[] {
  const { t } = useTranslation()
  const { number } = useFormats()
  return [
    {
      key: 'at',
      title: t('webhooks.deliveries.at'),
      isShort: true,
      render: ({ created_at }) => <When at={created_at} />,
    },
    {
      key: 'job',
      title: t('webhooks.deliveries.job'),
      render: ({ job_id }) => (
        <Link to={`/console/jobs/${job_id}`} style={{ whiteSpace: 'nowrap' }}>
          {shortId(job_id)}
        </Link>
      ),
    },
    {
      key: 'status',
      title: t('webhooks.deliveries.status'),
      render: ({ status }) => <StateTag tone={tones[status]} text={t(`webhooks.deliveries.${status}`)} />,
    },
    {
      key: 'attempts',
      title: t('webhooks.deliveries.attempts'),
      isNumber: true,
      render: ({ attempts }) => number(attempts),
    },
    { key: 'answer', title: t('webhooks.deliveries.answer'), render: (delivery) => <Answer delivery={delivery} /> },
    {
      key: 'do',
      title: t('parts.actions'),
      render: (delivery) => webhook.disabled_at === null && <Redeliver webhook={webhook} delivery={delivery} />,
    },
  ]
}

function Answer({ delivery: { last_answer, next_attempt_at } }: { delivery: Delivery }) {
  const { t } = useTranslation()
  return (
    <>
      {last_answer ? answerText(t, last_answer) : t('webhooks.deliveries.no_attempt')}
      {last_answer && (
        <Typography.Text type="secondary" style={{ display: 'block' }}>
          <When at={last_answer.at} />
        </Typography.Text>
      )}
      {next_attempt_at && last_answer && (
        <Typography.Text type="secondary" style={{ display: 'block' }}>
          {t('webhooks.deliveries.next')} <When at={next_attempt_at} />
        </Typography.Text>
      )}
    </>
  )
}

function Redeliver({ webhook, delivery }: { webhook: Webhook; delivery: Delivery }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { mutateAsync, isPending } = useChange(redeliver, adminKeys.deliveries(webhook.id))
  const send = useOneAtATime(() =>
    mutateAsync(
      { endpointId: webhook.id, deliveryId: delivery.id },
      {
        onSuccess: () => message.success(t('webhooks.deliveries.sent')),
        onError: (error) => message.error(describeError(t, error)),
      },
    ),
  )
  return (
    <Button size="small" loading={isPending} onClick={() => send(undefined)}>
      {t('webhooks.deliveries.again')}
    </Button>
  )
}
