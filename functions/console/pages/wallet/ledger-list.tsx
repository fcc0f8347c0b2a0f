import { Flex, Select, Tag, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { useFormats } from '../../parts/formats.ts'
import { PagedRecords } from '../../parts/paged-records.tsx'
import type { Column } from '../../parts/records.tsx'
import { When } from '../../parts/when.tsx'
import { asEntryKind, ENTRY_KINDS, type Entry, type EntryKind } from './entries.ts'
import { ExportButtons } from './export-buttons.tsx'
import { shortJob } from './holdings.tsx'
import { balancesAfter, meaningOf, settlementsOf } from './ledger.ts'
import { useLedger } from './wallet-api.ts'

/** The ledger, with a filter that the address keeps. */
export function Ledger() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const kind = asEntryKind(search.get('kind'))
  const ledger = useLedger(kind)
  const entries = ledger.data?.pages.flatMap(({ items }) => items) ?? []
  const columns = useColumns(entries, kind, ledger.data?.pages[0]?.balance ?? 0)
  const filter = (chosen: EntryKind | 'all') =>
    setSearch(chosen === 'all' ? {} : { kind: chosen }, { replace: true, preventScrollReset: true })
  return (
    <section aria-labelledby="ledger">
      <Flex align="center" gap="small" wrap style={{ margin: '24px 0 12px' }}>
        <Typography.Title id="ledger" level={2} style={{ fontSize: 18, margin: 0, flex: 1 }}>
          {t('wallet.ledger.title')}
        </Typography.Title>
        <Select<EntryKind | 'all'>
          aria-label={t('wallet.ledger.filter')}
          value={kind ?? 'all'}
          onChange={filter}
          style={{ minWidth: 180 }}
          options={['all' as const, ...ENTRY_KINDS].map((value) => ({ value, label: t(`wallet.kind.${value}`) }))}
        />
        <ExportButtons kind={kind} />
      </Flex>
      <PagedRecords
        label={t('wallet.ledger.title')}
        list={ledger}
        rows={entries}
        idOf={({ id }) => id}
        columns={columns}
        empty={t(kind === undefined ? 'wallet.ledger.empty' : 'wallet.ledger.none_of_kind')}
      />
    </section>
  )
}

const colours: Record<EntryKind, string> = {
  top_up: 'green',
  withdrawal: 'red',
  hold: 'gold',
  capture: 'blue',
  release: 'default',
}

function useColumns(entries: readonly Entry[], kind: EntryKind | undefined, balance: number): Column<Entry>[] {
  const { t } = useTranslation()
  const { change, number } = useFormats()
  // Of some entries alone neither the balance between them nor what became of a hold can be told.
  const settlements = kind === undefined ? settlementsOf(entries) : undefined
  const after = kind === undefined ? balancesAfter(entries, balance) : undefined
  const meaning = (entry: Entry) => t(`wallet.meaning.${meaningOf(entry, settlements)}`, { count: entry.moved })
  return [
    { key: 'at', title: t('wallet.ledger.at'), render: ({ created_at }) => <When at={created_at} /> },
    {
      key: 'kind',
      title: t('wallet.ledger.kind'),
      render: (entry) => <Tag color={colours[entry.kind]}>{t(`wallet.kind.${entry.kind}`)}</Tag>,
    },
    { key: 'meaning', title: t('wallet.ledger.meaning'), render: meaning },
    {
      key: 'job',
      title: t('wallet.ledger.job'),
      render: ({ job_id }) =>
        job_id && (
          <Link to={`/console/jobs/${job_id}`} aria-label={t('wallet.ledger.job_of', { id: job_id })}>
            {shortJob(job_id)}
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
