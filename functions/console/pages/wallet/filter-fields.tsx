import { Flex, Input, Select, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { ENTRY_KINDS } from './entries.ts'
import type { FILTER_NAMES, LedgerFilter } from './ledger-filter.ts'

/** Chooses which entries are looked at; the address of the page keeps it. */
export function FilterFields({ filter }: { filter: LedgerFilter }) {
  const { t } = useTranslation()
  const [, setSearch] = useSearchParams()
  const choose = (name: (typeof FILTER_NAMES)[number], value: string) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        if (value === '') after.delete(name)
        else after.set(name, value)
        return after
      },
      { replace: true, preventScrollReset: true },
    )
  return (
    <Flex gap="8px 12px" wrap style={{ marginBottom: 12 }}>
      <Select<string>
        aria-label={t('wallet.ledger.filter')}
        value={filter.kind ?? ''}
        onChange={(kind) => choose('kind', kind)}
        style={{ minWidth: 170 }}
        options={['', ...ENTRY_KINDS].map((value) => ({ value, label: t(`wallet.kind.${value || 'all'}`) }))}
      />
      {(['from', 'to'] as const).map((name) => (
        <Flex key={name} component="label" align="center" gap="small">
          <Typography.Text type="secondary" style={{ minWidth: 20 }}>
            {t(`wallet.ledger.${name}`)}
          </Typography.Text>
          <Input
            type="date"
            value={filter[name] ?? ''}
            onChange={({ target }) => choose(name, target.value)}
            style={{ width: 150 }}
          />
        </Flex>
      ))}
    </Flex>
  )
}
