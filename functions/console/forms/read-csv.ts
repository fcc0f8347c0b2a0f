/** A line of a table, and where it begins in the text. */
export interface CsvRecord {
  line: number
  cells: string[]
}

export interface CsvTable {
  separator: string
  records: CsvRecord[]
}

export class CsvError extends Error {
  readonly code: 'open_quote' | 'text_after_quote'
  readonly line: number

  constructor(code: CsvError['code'], line: number) {
    super(`${code} in line ${line}`)
    this.name = 'CsvError'
    this.code = code
    this.line = line
  }
}

const SEPARATORS = [',', ';', '\t']

/**
 * Reads comma-separated values as RFC 4180 has them, and as spreadsheets write them: also with semicolons or tabs, a
 * byte order mark, and the line ends of any system. Empty lines are passed over.
 *
 * @throws CsvError where quotes do not match
 */
export function readCsv(text: string): CsvTable {
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text
  const separator = separatorOf(bare)
  return { separator, records: [...recordsOf(bare, separator)] }
}

/** What stands most often in the first line, outside of quotes; no heading is as long as what is looked at. */
function separatorOf(text: string): string {
  const beginning = text.slice(0, 50_000).replace(/^[\r\n]+/, '')
  const [firstLine = ''] = beginning.replace(/"(?:[^"]|"")*"/g, '').split(/[\r\n]/, 1)
  const counts = SEPARATORS.map((separator) => firstLine.split(separator).length)
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ','
}

function* recordsOf(text: string, separator: string): Generator<CsvRecord> {
  let line = 1
  let record: CsvRecord = { line, cells: [] }
  let at = 0
  while (at <= text.length) {
    const cell = text[at] === '"' ? readQuoted(text, at, line) : readBare(text, at, separator)
    record.cells.push(cell.value)
    line += cell.lines
    const end = text[cell.end]
    if (end === separator) {
      at = cell.end + 1
      continue
    }
    if (end !== undefined && end !== '\r' && end !== '\n') throw new CsvError('text_after_quote', line)
    if (record.cells.length > 1 || cell.value.trim() !== '') yield record
    at = cell.end + (end === '\r' && text[cell.end + 1] === '\n' ? 2 : 1)
    line++
    record = { line, cells: [] }
  }
}

interface Cell {
  value: string
  /** Of what follows the cell: a separator, a line end or the end. */
  end: number
  /** How many line ends it holds. */
  lines: number
}

function readBare(text: string, start: number, separator: string): Cell {
  let end = start
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++
  return { value: text.slice(start, end), end, lines: 0 }
}

function readQuoted(text: string, start: number, line: number): Cell {
  let end = start + 1
  for (;;) {
    end = text.indexOf('"', end)
    if (end < 0) throw new CsvError('open_quote', line)
    if (text[end + 1] !== '"') break
    end += 2
  }
  const value = text.slice(start + 1, end).replaceAll('""', '"')
  return { value, end: end + 1, lines: value.split(/\r\n|\r|\n/).length - 1 }
}
