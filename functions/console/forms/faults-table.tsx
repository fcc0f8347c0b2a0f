import { Typography, theme } from 'antd'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import type { Manifest } from '#models/_runtime/manifest.ts'
import { useFormats } from '../parts/formats.ts'
import { type CellFault, featureOf } from './check-columns.ts'
import { useFeatureTexts } from './feature-texts.ts'
import type { ImportedRows } from './rows.ts'
import { textOf } from './rows-table.tsx'
import { ScrollBox } from './scroll-box.tsx'
import { useFaultText } from './use-fault-text.ts'

interface FaultsTableProps {
  manifest: Manifest
  imported: ImportedRows
  faults: readonly CellFault[]
}

const SHOWN = 20

/** What is wrong, by row and column; where the rows come from a file, also by its line. */
export function FaultsTable({ manifest, imported, faults }: FaultsTableProps) {
  const { t } = useTranslation()
  const { token } = theme.useToken()
  const { number } = useFormats()
  const texts = useFeatureTexts(manifest.domain)
  const faultText = useFaultText(manifest, 'values')
  const cell: CSSProperties = {
    padding: '4px 12px 4px 0',
    textAlign: 'start',
    verticalAlign: 'top',
    borderBottom: `1px solid ${token.colorBorderSecondary}`,
  }
  const labelOf = (name: string | undefined) => {
    const feature = featureOf(manifest, name)
    return feature ? texts.label(feature) : name
  }
  const placeOf = ({ row }: CellFault) => {
    if (row === undefined) return t('form.rows.all_rows')
    const line = imported.lines?.[row]
    const values = { row: number(row + 1), line: number(line ?? 0) }
    return line === undefined ? values.row : t('form.rows.row_and_line', values)
  }
  const headings = ['row', 'column', 'value', 'fault'].map((key) => ({ key, title: t(`form.rows.${key}`) }))
  return (
    <section>
      <Typography.Title level={2} style={{ fontSize: 16, marginTop: 0 }} type="danger">
        {t('form.rows.faults', { count: faults.length })}
      </Typography.Title>
      <ScrollBox label={t('form.rows.faults_label')}>
        <table aria-label={t('form.rows.faults_label')} style={{ borderCollapse: 'collapse', width: '100%' }}>
          <thead>
            <tr>
              {headings.map(({ key, title }) => (
                <th key={key} scope="col" style={{ ...cell, color: token.colorTextSecondary }}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {faults.slice(0, SHOWN).map((fault) => (
              <tr key={`${fault.column}/${fault.row}/${fault.code}`}>
                <td style={cell}>{placeOf(fault)}</td>
                <td style={cell}>{labelOf(fault.column)}</td>
                <td style={cell}>
                  {fault.row !== undefined && textOf(imported.columns[fault.column ?? '']?.[fault.row])}
                </td>
                <td style={{ ...cell, minWidth: 180 }}>{faultText(fault)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {faults.length > SHOWN && (
        <Typography.Text type="secondary">
          {t('form.rows.more_faults', { count: faults.length - SHOWN })}
        </Typography.Text>
      )}
    </section>
  )
}
