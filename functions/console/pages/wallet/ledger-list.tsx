import { Flex, Typography } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { useFormats } from '../../parts/formats.ts'
import { PagedRecords } from '../../parts/paged-records.tsx'
import type { Column } from '../../parts/records.tsx'
import { shortId } from '../../parts/short-id.ts'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Tone } from '../../parts/tones.ts'
import { When } from '../../parts/when.tsx'
import type { Entry, EntryKind } from './entries.ts'
import { ExportButtons } from './export-buttons.tsx'
import { FilterFields } from './filter-fields.tsx'
import { balancesAfter, meaningOf, settlementsOf } from './ledger.ts'
import { isWhole, readFilter } from './ledger-filter.ts'
import { useLedger } from './wallet-api.ts'

/** The ledger, or the part of it that the filter lets through. */
export function Ledger() {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const filter = readFilter(search)
  const ledger = useLedger(filter)
  const entries = ledger.data?.pages.flatMap(({ items }) => items) ?? []
  const columns = useColumns(entries, isWhole(filter), ledger.data?.pages[0]?.balance ?? 0)
  const render = (key: string, entry: Entry) => columns.find((column) => column.key === key)?.render(entry)
  return (
    <section aria-labelledby="ledger">
      <Flex align="center" gap="small" wrap style={{ margin: '24px 0 12px' }}>
        <Typography.Title id="ledger" level={2} style={{ fontSize: 18, margin: 0, flex: 'auto' }}>
          {t('wallet.ledger.title')}
        </Typography.Title>
        <ExportButtons filter={filter} />
      </Flex>
      <FilterFields filter={filter} />
      <PagedRecords
        label={t('wallet.ledger.title')}
        list={ledger}
        rows={entries}
        idOf={({ id }) => id}
        columns={columns}
        card={(entry) => <EntryCard part={(key) => render(key, entry)} />}
        empty={t(isWhole(filter) ? 'wallet.ledger.empty' : 'wallet.ledger.none_fits')}
      />
    </section>
  )
}

/** An entry on a phone: what it did to the balance first, the rest below. */
function EntryCard({ part }: { part(key: string): ReactNode }) {
  const { t } = useTranslation()
  return (
    <>
      <Flex justify="space-between" align="center">
        {part('kind')} {part('amount')}
      </Flex>
      <div style={{ margin: '6px 0' }}>{part('meaning')}</div>
      <Flex wrap gap="0 12px">
        <Typography.Text type="secondary">{part('at')}</Typography.Text>
        {part('job')}
        {part('after') !== undefined && (
          <Typography.Text type="secondary">
            {t('wallet.ledger.after')}: {part('after')}
          </Typography.Text>
        )}
      </Flex>
    </>
  )
}

const tones: Record<EntryKind, Tone> = {
  top_up: 'good',
  withdrawal: 'bad',
  hold: 'waiting',
  capture: 'info',
  release: 'neutral',
}

function useColumns(entries: readonly Entry[], isAll: boolean, balance: number): Column<Entry>[] {
  const { t } = useTranslation()
  const { change, number } = useFormats()
  const settlements = isAll ? settlementsOf(entries) : undefined
  const after = isAll ? balancesAfter(entries, balance) : undefined
  const meaning = (entry: Entry) => t(`wallet.meaning.${meaningOf(entry, settlements)}`, { count: entry.moved })
  return [
    { key: 'at', title: t('wallet.ledger.at'), isShort: true, render: ({ created_at }) => <When at={created_at} /> },
    {
      key: 'kind',
      title: t('wallet.ledger.kind'),
      render: (entry) => <StateTag tone={tones[entry.kind]} text={t(`wallet.kind.${entry.kind}`)} />,
    },
    { key: 'meaning', title: t('wallet.ledger.meaning'), render: meaning },
    {
      key: 'job',
      title: t('wallet.ledger.job'),
      render: ({ job_id }) =>
        job_id && (
          <Link to={`/console/jobs/${job_id}`} style={{ whiteSpace: 'nowrap' }}>
            {shortId(job_id)}
          </Link>
        ),
    },
    {
      key: 'amount',
      title: t('wallet.ledger.amount'),
      isNumber: true,
      render: ({ amount }) => <strong>{change(amount)}</strong>,
    },
    ...(after
      ? [
          {
            key: 'after',
            title: t('wallet.ledger.after'),
            isNumber: true,
            render: ({ id }: Entry) => number(after.get(id) ?? 0),
          },
        ]
      : []),
  ]
}
