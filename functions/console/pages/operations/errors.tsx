import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Drawer, Flex, Input, Select, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { usePages } from '../../api/hooks.ts'
import { describeError } from '../../parts/describe-error.ts'
import { useFormats } from '../../parts/formats.ts'
import { PagedRecords } from '../../parts/paged-records.tsx'
import type { Column } from '../../parts/records.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { useOneAtATime } from '../../parts/use-one-at-a-time.ts'
import { When } from '../../parts/when.tsx'
import { SectionTitle } from '../admin/section-title.tsx'
import { ErrorMore } from './error-more.tsx'
import { changeError, type ErrorKind, operationKeys } from './operations-api.ts'

/** What went wrong on our side, by kind: the id that a person was shown finds it. */
export default function Errors() {
  const { t } = useTranslation()
  const [address, setAddress] = useSearchParams()
  const [opened, setOpened] = useState<ErrorKind>()
  const [search, state] = [address.get('search') ?? '', address.get('state') ?? 'open']
  const list = usePages<ErrorKind>(operationKeys.errors, '/errors', {
    search: search || undefined,
    state: state === 'all' ? undefined : state,
  })
  const find = (part: Record<string, string>) =>
    setAddress({ search, state, ...part }, { replace: true, preventScrollReset: true })
  return (
    <>
      <SectionTitle text={t('operations.errors.title')}>
        <Select<string>
          aria-label={t('operations.errors.state')}
          value={state}
          options={['open', 'resolved', 'all'].map((value) => ({
            value,
            label: t(`operations.errors.states.${value}`),
          }))}
          onChange={(value) => find({ state: value })}
          style={{ minWidth: 130 }}
        />
        <Input.Search
          allowClear
          defaultValue={search}
          aria-label={t('operations.errors.search')}
          placeholder={t('operations.errors.search')}
          onSearch={(text) => find({ search: text.trim(), ...(text.trim() && { state: 'all' }) })}
          style={{ width: 300, maxWidth: '100%' }}
        />
      </SectionTitle>
      <PagedRecords
        label={t('operations.errors.title')}
        list={list}
        rows={list.data?.pages.flatMap(({ items }) => items) ?? []}
        idOf={({ id }) => id}
        columns={useColumns(setOpened)}
        empty={t('operations.errors.empty')}
      />
      <Drawer
        open={opened !== undefined}
        onClose={() => setOpened(undefined)}
        size={640}
        title={opened?.event}
        destroyOnHidden
      >
        {opened && <ErrorMore id={opened.id} />}
      </Drawer>
    </>
  )
}

function useColumns(open: (error: ErrorKind) => void): Column<ErrorKind>[] {
  const { t } = useTranslation()
  const { number } = useFormats()
  return [
    {
      key: 'message',
      title: t('operations.errors.message'),
      render: ({ message, event, function: room }) => (
        <>
          <strong style={{ overflowWrap: 'anywhere' }}>{message}</strong>
          <Typography.Text type="secondary" style={{ display: 'block' }}>
            {room} · {event}
          </Typography.Text>
        </>
      ),
    },
    {
      key: 'state',
      title: t('operations.errors.state'),
      render: ({ state }) => (
        <StateTag tone={state === 'open' ? 'bad' : 'good'} text={t(`operations.errors.states.${state}`)} />
      ),
    },
    { key: 'times', title: t('operations.errors.times'), isNumber: true, render: (one) => number(one.occurrences) },
    { key: 'last', title: t('operations.errors.last'), isShort: true, render: (one) => <When at={one.last_seen_at} /> },
    { key: 'actions', title: t('parts.actions'), render: (one) => <Actions error={one} onOpen={() => open(one)} /> },
  ]
}

function Actions({ error, onOpen }: { error: ErrorKind; onOpen(): void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const next = error.state === 'open' ? 'resolved' : 'open'
  const { mutateAsync, isPending } = useMutation({
    mutationFn: changeError,
    onError: (refusal) => void message.error(describeError(t, refusal)),
    onSettled: () => queries.invalidateQueries({ queryKey: operationKeys.errors }),
  })
  const change = useOneAtATime(() => mutateAsync({ id: error.id, state: next }))
  return (
    <Flex gap="small" wrap>
      <Button size="small" aria-label={t('operations.errors.more_named', { message: error.message })} onClick={onOpen}>
        {t('operations.errors.more')}
      </Button>
      <Button size="small" loading={isPending} onClick={() => change(undefined)}>
        {t(`operations.errors.make_${next}`)}
      </Button>
    </Flex>
  )
}
