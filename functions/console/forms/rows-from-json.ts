import type { Manifest } from '#models/_runtime/manifest.ts'
import { MAXIMUM_ROWS } from './check-columns.ts'
import { type ImportedRows, nameOfColumn, UnreadableRows } from './rows.ts'

/**
 * Rows in any shape that people have at hand: the body of a call (`{model_name, data}`), a job, columns
 * (`{power: [1, 2]}`), rows (`[{power: 1}, {power: 2}]`) or one row (`{power: 1}`).
 *
 * @throws UnreadableRows
 */
export function rowsFromJson(manifest: Pick<Manifest, 'features'>, text: string, source: string): ImportedRows {
  return rowsFromValue(manifest, parse(text), source)
}

/** Likewise, of what is parsed already. */
export function rowsFromValue(manifest: Pick<Manifest, 'features'>, value: unknown, source: string): ImportedRows {
  const named = columnsOf(value)
  const columns: Record<string, readonly unknown[]> = {}
  const ignored: string[] = []
  for (const [heading, values] of named) {
    const name = nameOfColumn(manifest, heading)
    if (name === undefined) ignored.push(heading)
    else if (Object.hasOwn(columns, name)) throw new UnreadableRows('column_twice', { column: name })
    else columns[name] = values
  }
  const rows = Math.max(0, ...Object.values(columns).map(({ length }) => length))
  if (rows === 0) throw new UnreadableRows('no_rows')
  if (rows > MAXIMUM_ROWS) throw new UnreadableRows('too_many_rows', { rows, maximum: MAXIMUM_ROWS })
  return { source, rows, columns, ignored }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text)
  } catch (error) {
    throw new UnreadableRows('not_json', { reason: error instanceof Error ? error.message.slice(0, 200) : '' })
  }
}

function columnsOf(value: unknown): Map<string, readonly unknown[]> {
  if (Array.isArray(value)) return columnsOfRows(value)
  if (!isRecord(value)) throw new UnreadableRows('not_rows')
  if (Object.hasOwn(value, 'data') && (isRecord(value.data) || Array.isArray(value.data))) return columnsOf(value.data)
  const entries = Object.entries(value)
  const lists = entries.filter(([, values]) => Array.isArray(values))
  if (lists.length === 0) return columnsOfRows([value])
  if (lists.length < entries.length) throw new UnreadableRows('mixed')
  return new Map(lists as [string, unknown[]][])
}

function columnsOfRows(rows: readonly unknown[]): Map<string, readonly unknown[]> {
  if (rows.length > MAXIMUM_ROWS)
    throw new UnreadableRows('too_many_rows', { rows: rows.length, maximum: MAXIMUM_ROWS })
  const columns = new Map<string, unknown[]>()
  for (const [at, row] of rows.entries()) {
    if (!isRecord(row)) throw new UnreadableRows('row_not_object', { row: at + 1 })
    for (const [name, value] of Object.entries(row)) {
      // What a row does not mention is not known.
      const column = columns.get(name) ?? new Array<unknown>(rows.length).fill(null)
      column[at] = value
      columns.set(name, column)
    }
  }
  return columns
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
