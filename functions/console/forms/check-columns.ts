import type { Feature, Manifest } from '#models/_runtime/manifest.ts'
import { type ColumnProblem, validateColumns } from '#models/_runtime/validate-columns.ts'
import type { Fault } from '../api/call.ts'
import type { RawColumns } from './draft.ts'

/** What the API takes in one request. */
export const MAXIMUM_ROWS = 10_000
export const MAXIMUM_BYTES = 2 * 2 ** 20

/** What is wrong with a cell, with a column (no row), or with all (no column either). */
export interface CellFault {
  column?: string
  row?: number
  code: string
  /** The API's own words, for a code that the console has none for. */
  message: string
}

const MAXIMUM_FAULTS = 500

/** The API's own check of its input, made while one types. */
export function checkColumns(manifest: Manifest, columns: RawColumns): CellFault[] {
  const checked = validateColumns(manifest, columns, { maxProblems: MAXIMUM_FAULTS, maxRows: MAXIMUM_ROWS })
  return checked.ok ? [] : checked.problems.map((problem) => clearer(manifest, columns, problem))
}

/** An empty field is one that was not filled in, whatever its type. */
function clearer(manifest: Manifest, columns: RawColumns, problem: ColumnProblem): CellFault {
  const fault = cellOf(problem)
  const feature = featureOf(manifest, fault.column)
  const isEmpty = fault.column !== undefined && columns[fault.column]?.[fault.row ?? 0] === ''
  return isEmpty && feature?.type !== 'text' ? { ...fault, code: 'missing_value' } : fault
}

/** Faults that the API told, where they belong in a form. */
export function cellOf({ pointer, code, message }: Fault): CellFault {
  const [place, column, row] = pointer.split('/').slice(1).map(unescapePointer)
  if (place !== 'data' || column === undefined) return { code, message }
  return { column, ...(row !== undefined && /^\d+$/.test(row) && { row: Number(row) }), code, message }
}

export function featureOf({ features }: Pick<Manifest, 'features'>, name: string | undefined): Feature | undefined {
  return features.find((feature) => feature.name === name)
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~')
}

/** Is it longer than the API reads? */
export function isTooLong(body: string): boolean {
  return new TextEncoder().encode(body).length > MAXIMUM_BYTES
}
