import { Grid, theme } from 'antd'
import type { CSSProperties, ReactNode } from 'react'

export interface Column<Row> {
  key: string
  title: string
  render(row: Row): ReactNode
  /** Numbers stand under each other. */
  isNumber?: boolean
  /** Stays on one line of a table, as a moment does. */
  isShort?: boolean
}

interface RecordsProps<Row> {
  /** What the list holds, for those who do not see it. */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  idOf(row: Row): string
  /** What a card shows, where column after column would be too much of it. */
  card?(row: Row): ReactNode
}

/** A list of records: a table where there is room, cards on a phone. The first column names the record. */
export function Records<Row>(props: RecordsProps<Row>) {
  const hasRoom = Grid.useBreakpoint().md ?? true
  return hasRoom ? <RecordTable {...props} /> : <RecordCards {...props} />
}

const tableLook: CSSProperties = { width: '100%', borderCollapse: 'separate', borderSpacing: 0, borderRadius: 8 }

function RecordTable<Row>({ label, columns, rows, idOf }: RecordsProps<Row>) {
  const { token } = theme.useToken()
  const cell = (column: Column<Row>): CSSProperties => ({
    padding: '10px 12px',
    textAlign: column.isNumber ? 'end' : 'start',
    verticalAlign: 'top',
    borderBottom: `1px solid ${token.colorBorderSecondary}`,
    fontWeight: 'normal',
    ...(column.isShort && { whiteSpace: 'nowrap' }),
    ...(column.isNumber && { fontVariantNumeric: 'tabular-nums' }),
  })
  const head = { color: token.colorTextSecondary, whiteSpace: 'nowrap' } as const
  return (
    <table aria-label={label} style={{ ...tableLook, background: token.colorBgContainer, color: token.colorText }}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" style={{ ...cell(column), ...head }}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={idOf(row)}>
            {columns.map((column) => (
              <td key={column.key} style={cell(column)}>
                {column.render(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function RecordCards<Row>({ label, columns, rows, idOf, card: content }: RecordsProps<Row>) {
  const { token } = theme.useToken()
  const card: CSSProperties = {
    border: `1px solid ${token.colorBorderSecondary}`,
    borderRadius: token.borderRadiusLG,
    background: token.colorBgContainer,
    color: token.colorText,
    padding: 12,
    marginBottom: 8,
  }
  const pairs: CSSProperties = {
    display: 'grid',
    gridTemplateColumns: 'fit-content(42%) 1fr',
    gap: '6px 12px',
    margin: 0,
  }
  return (
    <ul aria-label={label} style={{ listStyle: 'none', padding: 0, margin: 0 }}>
      {rows.map((row) => (
        <li key={idOf(row)} style={card}>
          {content?.(row) ?? (
            <dl style={pairs}>
              {columns.map((column) => (
                <Pair key={column.key} title={column.title} value={column.render(row)} />
              ))}
            </dl>
          )}
        </li>
      ))}
    </ul>
  )
}

/** What a record does not have takes no room on its card. */
function Pair({ title, value }: { title: string; value: ReactNode }) {
  const { token } = theme.useToken()
  if (value === null || value === undefined || value === false) return null
  return (
    <>
      <dt style={{ color: token.colorTextSecondary }}>{title}</dt>
      <dd style={{ margin: 0, minWidth: 0, overflowWrap: 'anywhere' }}>{value}</dd>
    </>
  )
}
