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
export function fitTargetEncoding(keys: readonly string[], target: Float64Array, smoothing: number): TargetEncoding {
  if (keys.length === 0 || keys.length !== target.length)
    throw new Error(`${keys.length} keys have ${target.length} targets`)
  const mean = target.reduce((sum, value) => sum + value, 0) / target.length
  const sums = new Map<string, { sum: number; count: number }>()
  keys.forEach((key, i) => {
    const { sum, count } = sums.get(key) ?? { sum: 0, count: 0 }
    sums.set(key, { sum: sum + (target[i] ?? 0), count: count + 1 })
  })
  const sorted = [...sums].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    values: new Map(sorted.map(([key, { sum, count }]) => [key, (sum + smoothing * mean) / (count + smoothing)])),
    fallback: mean,
  }
}
