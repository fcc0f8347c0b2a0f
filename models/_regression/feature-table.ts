import type { Columns, Feature, Value } from '../_runtime/manifest.ts'

/** How the strings of a feature become keys: `first_word` takes the lower-cased first word, for free text. */
export interface KeyReading {
  read: 'exact' | 'first_word'
  /** Other spellings of a key. */
  aliases: Readonly<Record<string, string>>
}

export interface NumberColumn {
  kind: 'number'
  name: string
  /** Rounded to 32 bits, as every runtime will see them; NaN is not known. */
  values: Float64Array
}

export interface KeyColumn {
  kind: 'key'
  name: string
  reading: KeyReading
  /** The empty string is not known. */
  keys: readonly string[]
}

/** The features of a predictor as a learner sees them, one column a feature, in the order of the manifest. */
export interface FeatureTable {
  rows: number
  columns: readonly (NumberColumn | KeyColumn)[]
}

const EXACT: KeyReading = { read: 'exact', aliases: {} }

export function readFeatureTable(
  features: readonly Feature[],
  columns: Columns,
  rows: number,
  readings: Readonly<Record<string, KeyReading>> = {},
): FeatureTable {
  return {
    rows,
    columns: features.map((feature) => {
      const { name } = feature
      const values = Array.from({ length: rows }, (_, row) => columns[name]?.[row] ?? null)
      if (feature.type === 'number' || feature.type === 'integer')
        return { kind: 'number', name, values: Float64Array.from(values, toNumber) }
      const reading = readings[name] ?? EXACT
      return { kind: 'key', name, reading, keys: values.map((value) => readKey(reading, String(value ?? ''))) }
    }),
  }
}

export function takeTableRows(table: FeatureTable, rows: ArrayLike<number>): FeatureTable {
  const indices = Array.from(rows)
  return {
    rows: indices.length,
    columns: table.columns.map((column) =>
      column.kind === 'number'
        ? { ...column, values: Float64Array.from(indices, (i) => column.values[i] ?? Number.NaN) }
        : { ...column, keys: indices.map((i) => column.keys[i] ?? '') },
    ),
  }
}

/** The table as it is when nobody gives this feature. */
export function hideFeature(table: FeatureTable, name: string): FeatureTable {
  const hide = (column: FeatureTable['columns'][number]) => {
    if (column.name !== name) return column
    if (column.kind === 'key') return { ...column, keys: column.keys.map(() => '') }
    return { ...column, values: column.values.map(() => Number.NaN) }
  }
  return { rows: table.rows, columns: table.columns.map(hide) }
}

/** The same reading as the artefact's: ASCII letters are lowered, words end at a space. */
function readKey({ read, aliases }: KeyReading, text: string): string {
  if (read === 'exact') return text
  const [word = ''] = text.replace(/^ +/, '').split(' ')
  const key = word.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  return Object.hasOwn(aliases, key) ? (aliases[key] ?? key) : key
}

function toNumber(value: Value): number {
  return typeof value === 'number' ? Math.fround(value) : Number.NaN
}
