import type { Feature, Manifest, Value } from '#models/_runtime/manifest.ts'
import { featureOf, MAXIMUM_ROWS } from './check-columns.ts'
import { valueOfText } from './draft.ts'
import { CsvError, type CsvRecord, type CsvTable, readCsv } from './read-csv.ts'
import { type ImportedRows, nameOfColumn, UnreadableRows } from './rows.ts'

/**
 * Rows of a table whose first line names the features. An empty cell is a value that is not known. Where semicolons or
 * tabs separate, a comma may be the decimal point.
 *
 * @throws UnreadableRows
 */
export function rowsFromCsv(manifest: Pick<Manifest, 'features'>, text: string, source: string): ImportedRows {
  const { separator, records } = read(text)
  const [header, ...body] = records
  if (header === undefined || body.length === 0) throw new UnreadableRows('no_rows')
  if (body.length > MAXIMUM_ROWS)
    throw new UnreadableRows('too_many_rows', { rows: body.length, maximum: MAXIMUM_ROWS })
  const columns = readHeader(manifest, header)
  refuseRagged(header, body)
  const decimalComma = separator !== ','
  return {
    source,
    rows: body.length,
    columns: Object.fromEntries(
      columns.known.map(({ feature, at }) => [
        feature.name,
        body.map(({ cells }) => cellValue(feature, cells[at] ?? '', decimalComma)),
      ]),
    ),
    ignored: columns.ignored,
    lines: body.map(({ line }) => line),
  }
}

function read(text: string): CsvTable {
  try {
    return readCsv(text)
  } catch (error) {
    if (error instanceof CsvError) throw new UnreadableRows(error.code, { line: error.line })
    throw error
  }
}

function readHeader(manifest: Pick<Manifest, 'features'>, { cells }: CsvRecord) {
  const known: { feature: Feature; at: number }[] = []
  const ignored: string[] = []
  for (const [at, heading] of cells.entries()) {
    const feature = featureOf(manifest, nameOfColumn(manifest, heading))
    if (feature === undefined) ignored.push(heading.trim())
    else if (known.some((other) => other.feature === feature))
      throw new UnreadableRows('column_twice', { column: feature.name })
    else known.push({ feature, at })
  }
  if (known.length === 0) throw new UnreadableRows('no_known_column', { columns: nameAFew(manifest) })
  return { known, ignored: ignored.filter((heading) => heading !== '') }
}

/** A line with a cell too few or too many has its values in wrong columns. */
function refuseRagged(header: CsvRecord, body: readonly CsvRecord[]) {
  const ragged = body.find(({ cells }) => cells.length !== header.cells.length)
  if (ragged === undefined) return
  throw new UnreadableRows('ragged', { line: ragged.line, cells: ragged.cells.length, columns: header.cells.length })
}

function cellValue(feature: Feature, text: string, decimalComma: boolean): Value {
  const isEmpty = text.trim() === ''
  return isEmpty && feature.nullable ? null : valueOfText(feature, text, decimalComma)
}

function nameAFew({ features }: Pick<Manifest, 'features'>): string {
  return features
    .slice(0, 3)
    .map(({ name }) => name)
    .join(', ')
}
