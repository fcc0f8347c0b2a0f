import type { Columns, Manifest, Value } from '../_runtime/manifest.ts'
import { type ColumnProblem, validateColumns } from '../_runtime/validate-columns.ts'

/** Rows whose truth is known, to judge a model by. */
export interface RowsToCheck {
  rows: number
  columns: Columns
  /** Of a regression the number itself, of a classification the position of the class. */
  truth: Float64Array
}

/**
 * Reads a CSV file (RFC 4180) with a header: a column a feature, and the truth in a column named like the output. An empty
 * cell is a value that is not known; other columns are passed over.
 *
 * @throws Error that names the line and the column that are wrong
 */
export function readRowsToCheck(csv: string, manifest: Manifest): RowsToCheck {
  const [header = [], ...lines] = parseCsv(csv)
  const short = lines.findIndex((line) => line.length !== header.length)
  if (short >= 0) throw new Error(`line ${short + 2} has ${lines[short]?.length} of ${header.length} columns`)
  const columnOf = (name: string) => {
    const j = header.indexOf(name)
    if (j < 0) throw new Error(`the rows to check have no column ${name}; they have ${header.join(', ')}`)
    return lines.map((line) => line[j] ?? '')
  }
  const columns = Object.fromEntries(
    manifest.features.map(({ name, type, required }) => {
      const isWord = type === 'category' || type === 'text'
      const cells = !required && !header.includes(name) ? lines.map(() => '') : columnOf(name)
      return [name, cells.map((cell, i): Value => (isWord ? cell || null : readNumber(cell, name, i)))]
    }),
  )
  const checked = validateColumns(manifest, columns, { maxRows: Number.POSITIVE_INFINITY, maxProblems: 5 })
  if (!checked.ok)
    throw new Error(`the rows to check do not fit the manifest:\n- ${checked.problems.map(tell).join('\n- ')}`)
  const { output, classes } = manifest
  const truth = columnOf(output.name).map((cell, i) =>
    classes ? readClass(cell, classes, output.name, i) : readTruth(cell, output.name, i),
  )
  return { rows: checked.rows, columns: checked.columns, truth: Float64Array.from(truth) }
}

/** Whoever has a file looks for lines, not for JSON pointers. */
function tell({ pointer, message }: ColumnProblem): string {
  const row = /\/(\d+)$/.exec(pointer)?.[1]
  return row === undefined ? message : `line ${Number(row) + 2}: ${message}`
}

function readClass(cell: string, classes: readonly string[], name: string, index: number): number {
  const code = classes.indexOf(cell)
  if (code >= 0) return code
  throw new Error(`line ${index + 2}: ${name} is ${JSON.stringify(cell)}, none of ${classes.join(', ')}`)
}

function readTruth(cell: string, name: string, index: number): number {
  const value = readNumber(cell, name, index)
  if (value !== null) return value
  throw new Error(`line ${index + 2}: ${name} is not known`)
}

function readNumber(cell: string, name: string, index: number): number | null {
  if (cell.trim() === '') return null
  const value = Number(cell)
  if (Number.isFinite(value)) return value
  // What pandas and R write for what is not known.
  if (['nan', 'na', 'null', 'none'].includes(cell.trim().toLowerCase())) return null
  throw new Error(`line ${index + 2}: ${name} is ${JSON.stringify(cell)}, not a number`)
}

/** Lines of cells; a cell in quotes may hold commas, line breaks and doubled quotes. */
export function parseCsv(text: string): string[][] {
  const lines: string[][] = []
  let line: string[] = []
  for (const [, quoted, plain = '', end] of text
    .replace(/^\ufeff/, '')
    .matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|\r|$)/g)) {
    if (end === '' && quoted === undefined && plain === '' && line.length === 0) break
    line.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === ',') continue
    if (line.length > 1 || line[0] !== '') lines.push(line)
    line = []
  }
  return lines
}
