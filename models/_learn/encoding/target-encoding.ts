import { kFolds } from '../judging/splits.ts'
import { take } from '../matrix.ts'
import { rowWeights } from '../weights.ts'

/** A number for each key: the mean target of its rows, drawn towards the mean of all. */
export interface TargetEncoding {
  values: ReadonlyMap<string, number>
  /** For keys that were not seen. */
  fallback: number
}

/**
 * Encodes a category by what its rows cost. `smoothing` is the number of average rows that are added to each key, so that
 * a key with few rows says little. Fit it on training rows only: it looks at the target.
 */
export function fitTargetEncoding(
  keys: readonly string[],
  target: Float64Array,
  smoothing: number,
  weights?: Float64Array,
): TargetEncoding {
  if (keys.length === 0 || keys.length !== target.length)
    throw new Error(`${keys.length} keys have ${target.length} targets`)
  const wrong = target.findIndex((value) => !Number.isFinite(value))
  if (wrong >= 0) throw new Error(`the target of row ${wrong} is ${target[wrong]}`)
  if (!(smoothing >= 0)) throw new Error(`the smoothing must not be negative, got ${smoothing}`)
  const counts = rowWeights(weights, keys.length)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const mean = target.reduce((sum, value, i) => sum + value * (counts[i] ?? 0), 0) / total
  const sums = new Map<string, { sum: number; count: number }>()
  keys.forEach((key, i) => {
    const { sum, count } = sums.get(key) ?? { sum: 0, count: 0 }
    const own = counts[i] ?? 0
    if (own > 0) sums.set(key, { sum: sum + own * (target[i] ?? 0), count: count + own })
  })
  const sorted = [...sums].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    values: new Map(sorted.map(([key, { sum, count }]) => [key, (sum + smoothing * mean) / (count + smoothing)])),
    fallback: mean,
  }
}

export function applyTargetEncoding({ values, fallback }: TargetEncoding, keys: readonly string[]): Float64Array {
  return Float64Array.from(keys, (key) => values.get(key) ?? fallback)
}

/**
 * The encoding of training rows by the other folds only, so that a learner does not see each row's own target in it. Encode
 * rows to predict with `fitTargetEncoding` over all training rows.
 */
export function encodeOutOfFold(
  keys: readonly string[],
  target: Float64Array,
  { smoothing, folds = 5, seed }: { smoothing: number; folds?: number; seed: number },
): Float64Array {
  const encoded = new Float64Array(keys.length)
  const keysOf = (rows: Int32Array) => Array.from(rows, (row) => keys[row] ?? '')
  for (const { train, test } of kFolds(keys.length, { folds, seed })) {
    const encoding = fitTargetEncoding(keysOf(train), take(target, train), smoothing)
    const values = applyTargetEncoding(encoding, keysOf(test))
    test.forEach((row, i) => {
      encoded[row] = values[i] ?? encoding.fallback
    })
  }
  return encoded
}
