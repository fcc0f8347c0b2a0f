import { Button, Flex, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { call } from '../../api/call.ts'
import { usePages } from '../../api/hooks.ts'
import { PagedRecords } from '../../parts/paged-records.tsx'
import type { Column } from '../../parts/records.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { useConfirm } from '../../parts/use-confirm.tsx'
import { When } from '../../parts/when.tsx'
import { PageTitle } from '../../shell/page-title.tsx'
import { adminKeys, useChange, type Webhook } from './admin-api.ts'
import { Deliveries } from './deliveries.tsx'
import { MakeSecret } from './make-secret.tsx'

/** Addresses that are told when a job ends. `?deliveries=` shows what was sent to one of them. */
export default function Webhooks() {
  const { t } = useTranslation()
  const [isMaking, setMaking] = useState(false)
  const [search, setSearch] = useSearchParams()
  const list = usePages<Webhook>(adminKeys.webhooks, '/webhooks')
  const webhooks = list.data?.pages.flatMap(({ items }) => items) ?? []
  const shown = webhooks.find(({ id }) => id === search.get('deliveries'))
  const columns = useColumns()
  return (
    <>
      <PageTitle title="webhooks.title">
        <Button type="primary" onClick={() => setMaking(true)}>
          {t('webhooks.open')}
        </Button>
      </PageTitle>
      <Typography.Paragraph>{t('webhooks.text')}</Typography.Paragraph>
      <PagedRecords
        label={t('webhooks.title')}
        list={list}
        rows={webhooks}
        idOf={({ id }) => id}
        columns={columns}
        empty={t('webhooks.empty')}
      />
      <Deliveries webhook={shown} onClose={() => setSearch({})} />
      <MakeSecret
        isOpen={isMaking}
        onClose={() => setMaking(false)}
        texts="webhooks.make"
        path="/webhooks"
        field="url"
        type="url"
        placeholder="https://example.com/hooks/auspex"
        rules={[
          { required: true, message: t('parts.required') },
          { max: 2000 },
          { type: 'url', message: t('webhooks.make.rule') },
        ]}
        changed={adminKeys.webhooks}
      />
    </>
  )
}

function useColumns(): Column<Webhook>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'url',
      title: t('webhooks.url'),
      render: ({ url }) => <code style={{ overflowWrap: 'anywhere' }}>{url}</code>,
    },
    {
      key: 'created',
      title: t('webhooks.created'),
      isShort: true,
      render: ({ created_at }) => <When at={created_at} />,
    },
    { key: 'state', title: t('webhooks.state'), render: (webhook) => <State webhook={webhook} /> },
    {
      key: 'do',
      title: t('parts.actions'),
      render: (webhook) => (
        <Flex gap="small" wrap align="center">
          <Link to={`?deliveries=${webhook.id}`}>{t('webhooks.deliveries.open')}</Link>
          {webhook.disabled_at === null && <Delete webhook={webhook} />}
        </Flex>
      ),
    },
  ]
}

function State({ webhook: { disabled_at } }: { webhook: Webhook }) {
  const { t } = useTranslation()
  if (disabled_at === null) return <StateTag tone="good" text={t('webhooks.enabled')} />
  return (
    <>
      <StateTag tone="neutral" text={t('webhooks.disabled')} /> <When at={disabled_at} />
      <Typography.Text type="secondary" style={{ display: 'block', maxWidth: 320 }}>
        {t('webhooks.disabled_text')}
      </Typography.Text>
    </>
  )
}

function Delete({ webhook: { id, url } }: { webhook: Webhook }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const { mutateAsync } = useChange(() => call(`/webhooks/${id}`, { method: 'DELETE' }), adminKeys.webhooks)
  const ask = () =>
    confirm({
      title: t('webhooks.delete.title'),
      text: t('webhooks.delete.text', { url }),
      action: t('webhooks.delete.do'),
      isDangerous: true,
      act: () => mutateAsync(undefined),
      done: t('webhooks.delete.done'),
    })
  return (
    <Button size="small" danger aria-label={t('webhooks.delete.of', { url })} onClick={ask}>
      {t('webhooks.delete.do')}
    </Button>
  )
}
