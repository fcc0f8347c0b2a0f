import type { Manifest, Value } from '#models/_runtime/manifest.ts'
import type { RawColumns } from './draft.ts'

/** Rows that came from outside of the form, as columns that the predictor knows. */
export interface ImportedRows {
  /** The file's name, or where else they come from. */
  source: string
  rows: number
  columns: RawColumns
  /** Columns that the predictor does not know: they are not sent. */
  ignored: string[]
  /** Of each row the line in the file, where it has lines. */
  lines?: number[]
}

/** Why nothing could be read: a code that the translations know, and what belongs into its sentence. */
export class UnreadableRows extends Error {
  readonly code: string
  readonly values: Readonly<Record<string, string | number>>

  constructor(code: string, values: UnreadableRows['values'] = {}) {
    super(code)
    this.name = 'UnreadableRows'
    this.code = code
    this.values = values
  }
}

/** The predictor's own name of a column, however it is capitalised, or called by its label. */
export function nameOfColumn({ features }: Pick<Manifest, 'features'>, heading: string): string | undefined {
  const wanted = heading.trim()
  const alike = wanted.toLowerCase()
  const found =
    features.find(({ name }) => name === wanted) ??
    features.find(({ name }) => name.toLowerCase() === alike) ??
    features.find(({ label }) => label.toLowerCase() === alike)
  return found?.name
}

/** Columns that must be there and are not. */
export function missingColumns({ features }: Pick<Manifest, 'features'>, columns: RawColumns): string[] {
  return features.filter(({ name, required }) => required && !Object.hasOwn(columns, name)).map(({ name }) => name)
}

/** Columns that must be there and are not, filled with their defaults. */
export function withDefaults(manifest: Pick<Manifest, 'features'>, { columns, ...rest }: ImportedRows): ImportedRows {
  const missing = new Set(missingColumns(manifest, columns))
  const added = manifest.features
    .filter(({ name }) => missing.has(name))
    .map((feature): [string, Value[]] => [feature.name, new Array<Value>(rest.rows).fill(feature.default)])
  return { ...rest, columns: { ...columns, ...Object.fromEntries(added) } }
}

/** Rows without those that have a fault of their own. */
export function withoutFaultyRows(imported: ImportedRows, faults: readonly { row?: number }[]): ImportedRows {
  const faulty = new Set(faults.map(({ row }) => row))
  const isGood = (_: unknown, row: number) => !faulty.has(row)
  const columns = Object.entries(imported.columns).map(([name, values]) => [name, values.filter(isGood)])
  return {
    ...imported,
    rows: Array.from({ length: imported.rows }).filter(isGood).length,
    columns: Object.fromEntries(columns),
    ...(imported.lines && { lines: imported.lines.filter(isGood) }),
  }
}
