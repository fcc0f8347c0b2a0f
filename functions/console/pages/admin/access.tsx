import { Button, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { usePages } from '../../api/hooks.ts'
import { PagedRecords } from '../../parts/paged-records.tsx'
import type { Column } from '../../parts/records.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { useConfirm } from '../../parts/use-confirm.tsx'
import { When } from '../../parts/when.tsx'
import { PageTitle } from '../../shell/page-title.tsx'
import { type ApiKey, adminKeys, useChange } from './admin-api.ts'
import { MakeSecret } from './make-secret.tsx'
import { TelegramPanel } from './telegram-panel.tsx'

/** Keys with which programs call the API in a person's name. */
export default function Access() {
  const { t } = useTranslation()
  const [isMaking, setMaking] = useState(false)
  const list = usePages<ApiKey>(adminKeys.apiKeys, '/api_keys')
  const columns = useColumns()
  return (
    <>
      <PageTitle title="access.title">
        <Button type="primary" onClick={() => setMaking(true)}>
          {t('access.open')}
        </Button>
      </PageTitle>
      <Typography.Paragraph>{t('access.text')}</Typography.Paragraph>
      <Typography.Paragraph>
        <code style={{ overflowWrap: 'anywhere' }}>{'Authorization: Bearer auspex_…'}</code>
      </Typography.Paragraph>
      <PagedRecords
        label={t('access.title')}
        list={list}
        rows={list.data?.pages.flatMap(({ items }) => items) ?? []}
        idOf={({ id }) => id}
        columns={columns}
        empty={t('access.empty')}
      />
      <MakeSecret
        isOpen={isMaking}
        onClose={() => setMaking(false)}
        texts="access.make"
        path="/api_keys"
        field="name"
        type="text"
        placeholder="CI"
        rules={[{ required: true, whitespace: true, message: t('parts.required') }, { max: 100 }]}
        changed={adminKeys.apiKeys}
      />
      <TelegramPanel />
    </>
  )
}

function useColumns(): Column<ApiKey>[] {
  const { t } = useTranslation()
  return [
    { key: 'name', title: t('access.name'), render: ({ name }) => <strong>{name}</strong> },
    { key: 'hint', title: t('access.hint'), render: ({ hint }) => <code>{hint}…</code> },
    { key: 'created', title: t('access.created'), isShort: true, render: ({ created_at }) => <When at={created_at} /> },
    { key: 'state', title: t('access.state'), render: (key) => <State apiKey={key} /> },
    { key: 'do', title: t('parts.actions'), render: (key) => key.revoked_at === null && <Revoke apiKey={key} /> },
  ]
}

function State({ apiKey: { revoked_at } }: { apiKey: ApiKey }) {
  const { t } = useTranslation()
  if (revoked_at === null) return <StateTag tone="good" text={t('access.good')} />
  return (
    <>
      <StateTag tone="neutral" text={t('access.revoked')} /> <When at={revoked_at} />
    </>
  )
}

function Revoke({ apiKey: { id, name } }: { apiKey: ApiKey }) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const { mutateAsync } = useChange(() => call(`/api_keys/${id}`, { method: 'DELETE' }), adminKeys.apiKeys)
  const ask = () =>
    confirm({
      title: t('access.revoke.title', { name }),
      text: t('access.revoke.text'),
      action: t('access.revoke.do'),
      isDangerous: true,
      act: () => mutateAsync(undefined),
      done: t('access.revoke.done'),
    })
  return (
    <Button size="small" danger aria-label={t('access.revoke.title', { name })} onClick={ask}>
      {t('access.revoke.do')}
    </Button>
  )
}
