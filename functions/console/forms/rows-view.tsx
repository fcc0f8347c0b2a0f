import { Alert, Button, Flex, Pagination, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Manifest } from '#models/_runtime/manifest.ts'
import type { CellFault } from './check-columns.ts'
import { FaultsTable } from './faults-table.tsx'
import { useFeatureTexts } from './feature-texts.ts'
import { type ImportedRows, missingColumns, withDefaults, withoutFaultyRows } from './rows.ts'
import { RowsTable } from './rows-table.tsx'

interface RowsViewProps {
  manifest: Manifest
  imported: ImportedRows
  faults: readonly CellFault[]
  onChange(imported: ImportedRows | undefined): void
}

const ROWS_A_PAGE = 10

/** Rows before they are sent: what they are, what is wrong with them and how to mend it, and how they look. */
export function RowsView({ manifest, imported, faults, onChange }: RowsViewProps) {
  const { t } = useTranslation()
  const [page, setPage] = useState(1)
  const start = (page - 1) * ROWS_A_PAGE
  // Columns that are missing are told, and mended, together.
  const cellFaults = faults.filter(({ code }) => code !== 'missing_column')
  return (
    <Flex vertical gap="middle">
      <Flex justify="space-between" align="center" wrap gap="small">
        <Typography.Text strong role="status">
          {t('form.rows.from', { count: imported.rows, source: imported.source })}
        </Typography.Text>
        <Button onClick={() => onChange(undefined)}>{t('form.rows.others')}</Button>
      </Flex>
      {imported.ignored.length > 0 && (
        <Alert type="info" showIcon title={t('form.rows.ignored', { columns: imported.ignored.join(', ') })} />
      )}
      <Mending manifest={manifest} imported={imported} faults={faults} onChange={onChange} />
      {cellFaults.length > 0 && <FaultsTable manifest={manifest} imported={imported} faults={cellFaults} />}
      <RowsTable manifest={manifest} imported={imported} faults={faults} start={start} end={start + ROWS_A_PAGE} />
      {imported.rows > ROWS_A_PAGE && (
        <Pagination
          current={page}
          total={imported.rows}
          pageSize={ROWS_A_PAGE}
          showSizeChanger={false}
          responsive
          onChange={setPage}
        />
      )}
    </Flex>
  )
}

/** What can be mended at once. */
function Mending({ manifest, imported, faults, onChange }: RowsViewProps) {
  const { t } = useTranslation()
  const texts = useFeatureTexts(manifest.domain)
  const missing = missingColumns(manifest, imported.columns)
  const labels = manifest.features.filter(({ name }) => missing.includes(name)).map(texts.label)
  const good = withoutFaultyRows(imported, faults)
  const canLeaveOut = missing.length === 0 && good.rows > 0 && good.rows < imported.rows
  if (missing.length > 0)
    return (
      <Alert
        type="warning"
        showIcon
        title={t('form.rows.missing', { columns: labels.join(', ') })}
        description={
          <Button
            style={{ height: 'auto', minHeight: 32, whiteSpace: 'normal' }}
            onClick={() => onChange(withDefaults(manifest, imported))}
          >
            {t('form.rows.fill_missing')}
          </Button>
        }
      />
    )
  if (!canLeaveOut) return null
  return (
    <div>
      <Button onClick={() => onChange(good)}>{t('form.rows.leave_out', { count: imported.rows - good.rows })}</Button>
    </div>
  )
}
