type Cell = string | number | null

/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r\n]/

/**
 * Writes rows as CSV (RFC 4180). Texts that a spreadsheet would run as a formula get an apostrophe before them; numbers
 * stay numbers, with their sign.
 */
export function writeCsv<Row extends object>(columns: readonly (keyof Row & string)[], rows: readonly Row[]): string {
  const lines = rows.map((row) => columns.map((column) => writeCell(asCell(row[column]))))
  return [columns.map(writeCell), ...lines].map((cells) => `${cells.join(',')}\r\n`).join('')
}

function asCell(value: unknown): Cell {
  if (value === null || value === undefined) return null
  return typeof value === 'number' ? value : String(value)
}

function writeCell(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
