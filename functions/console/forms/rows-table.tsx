import { theme } from 'antd'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import type { Manifest } from '#models/_runtime/manifest.ts'
import type { CellFault } from './check-columns.ts'
import { useFeatureTexts } from './feature-texts.ts'
import type { ImportedRows } from './rows.ts'
import { ScrollBox } from './scroll-box.tsx'

interface RowsTableProps {
  manifest: Manifest
  imported: ImportedRows
  faults: readonly CellFault[]
  start: number
  end: number
}

/** Rows as they will be sent; what is wrong is marked, not by colour alone. */
export function RowsTable({ manifest, imported, faults, start, end }: RowsTableProps) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const texts = useFeatureTexts(manifest.domain)
  const features = manifest.features.filter(({ name }) => Object.hasOwn(imported.columns, name))
  const faulty = new Set(faults.map(({ column, row }) => `${row}/${column}`))
  const rows = Array.from({ length: Math.min(end, imported.rows) - start }, (_, at) => start + at)
  const cell: CSSProperties = {
    padding: '4px 8px',
    whiteSpace: 'nowrap',
    textAlign: 'start',
    borderBottom: `1px solid ${token.colorBorderSecondary}`,
  }
  const marked: CSSProperties = { ...cell, background: token.colorErrorBg, color: token.colorErrorText }
  return (
    <ScrollBox label={t('form.rows.preview')}>
      <table aria-label={t('form.rows.preview')} style={{ borderCollapse: 'collapse', fontSize: token.fontSizeSM }}>
        <thead>
          <tr>
            <th scope="col" style={cell}>
              {t('form.rows.row')}
            </th>
            {features.map((feature) => (
              <th key={feature.name} scope="col" style={cell}>
                {texts.label(feature)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row" style={cell}>
                {row + 1}
              </th>
              {features.map(({ name }) => (
                <td key={name} style={faulty.has(`${row}/${name}`) ? marked : cell}>
                  {faulty.has(`${row}/${name}`) && (
                    <span role="img" aria-label={t('form.rows.faulty')}>
                      {'⚠\u00a0'}
                    </span>
                  )}
                  {textOf(imported.columns[name]?.[row])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

export function textOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 60)
}
