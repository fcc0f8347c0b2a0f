import { rowWeights } from '../weights.ts'

/** Categories of the rows: strings, of which '' is not known, or numbers, of which NaN is not. */
export type CategoryColumn = readonly string[] | Float64Array | Float32Array

/** The categories that an encoding knows, in its order. Numbers are rounded to 32 bits, as every runtime will see them. */
export type Levels = { kind: 'string'; values: readonly string[] } | { kind: 'number'; values: readonly number[] }

export interface LevelOptions {
  /** Levels of less weight than this are treated as unknown; 0 by default. */
  minWeight?: number
  weights?: Float64Array
}

/** Stands for a category that is not among the levels. */
export const UNKNOWN = -1
/** Stands for a row that says nothing. */
export const MISSING = -2

/** The levels of the training rows, sorted. */
export function fitLevels(column: CategoryColumn, { minWeight = 0, weights }: LevelOptions = {}): Levels {
  if (column.length === 0) throw new Error('there are no rows to learn from')
  const counts = rowWeights(weights, column.length)
  if (isNumeric(column)) {
    const wrong = column.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY)
    if (wrong >= 0) throw new Error(`the category of row ${wrong} is ${column[wrong]}`)
    const known = frequentKeys(Array.from(column, Math.fround), counts, minWeight, Number.isNaN)
    return { kind: 'number', values: known.sort((a, b) => a - b) }
  }
  return { kind: 'string', values: frequentKeys(column, counts, minWeight, (key) => key === '').sort() }
}

/** The place of each row's category among the levels, `UNKNOWN` or `MISSING`. */
export function levelCodes({ kind, values }: Levels, column: CategoryColumn): Int32Array {
  if (isNumeric(column) !== (kind === 'number') && column.length > 0)
    throw new Error(`the levels are ${kind}s, but the column does not hold ${kind}s`)
  const places = new Map<string | number, number>([...values.entries()].map(([place, value]) => [value, place]))
  return Int32Array.from({ length: column.length }, (_, row) => {
    const value = column[row] ?? ''
    if (value === '' || Number.isNaN(value)) return MISSING
    return places.get(typeof value === 'number' ? Math.fround(value) : value) ?? UNKNOWN
  })
}

function isNumeric(column: CategoryColumn): column is Float64Array | Float32Array {
  return ArrayBuffer.isView(column)
}

function frequentKeys<Key>(
  keys: readonly Key[],
  weights: Float64Array,
  minWeight: number,
  isMissing: (key: Key) => boolean,
): Key[] {
  const counts = new Map<Key, number>()
  keys.forEach((key, row) => {
    const weight = weights[row] ?? 0
    if (!isMissing(key) && weight > 0) counts.set(key, (counts.get(key) ?? 0) + weight)
  })
  return [...counts].filter(([, weight]) => weight >= minWeight).map(([key]) => key)
}
