import { theme } from 'antd'

interface NumberTableProps {
  label: string
  columns: readonly string[]
  /** The first cell names the line. */
  lines: readonly { key: string; cells: readonly string[] }[]
}

/** The numbers of a chart, for those who do not see it or want to read them. */
export function NumberTable({ label, columns, lines }: NumberTableProps) {
  const { token } = theme.useToken()
  const cell = (index: number) =>
    ({
      padding: '4px 16px 4px 0',
      textAlign: index === 0 ? 'start' : 'end',
      fontWeight: 'normal',
      fontVariantNumeric: 'tabular-nums',
      borderBottom: `1px solid ${token.colorBorderSecondary}`,
    }) as const
  return (
    <table aria-label={label} style={{ borderCollapse: 'collapse', color: token.colorText, marginTop: 8 }}>
      <thead>
        <tr>
          {columns.map((column, index) => (
            <th key={column} scope="col" style={{ ...cell(index), color: token.colorTextSecondary }}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ key, cells }) => (
          <tr key={key}>
            {cells.map((text, index) =>
              index === 0 ? (
                <th key={columns[index]} scope="row" style={cell(index)}>
                  {text}
                </th>
              ) : (
                <td key={columns[index]} style={cell(index)}>
                  {text}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
