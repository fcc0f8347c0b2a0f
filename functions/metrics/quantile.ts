/** A bucket of a histogram: how many values are at most as large as its bound. */
export interface Bucket {
  bound: number
  cumulativeCount: number
}

/**
 * A quantile as Prometheus's `histogram_quantile` estimates it: linear within the bucket that it falls into.
 *
 * @param buckets rising, the last one without bound
 * @param q 0 to 1
 * @returns undefined without values; the last finite bound for what lies above it
 */
export function quantile(buckets: readonly Bucket[], q: number): number | undefined {
  const total = buckets.at(-1)?.cumulativeCount ?? 0
  if (total === 0) return undefined
  const rank = q * total
  const at = buckets.findIndex(({ cumulativeCount }) => cumulativeCount >= rank)
  const bucket = buckets[at]
  const before = buckets[at - 1] ?? { bound: 0, cumulativeCount: 0 }
  if (!bucket || bucket.bound === Infinity) return before.bound
  const inside = bucket.cumulativeCount - before.cumulativeCount
  return inside === 0
    ? bucket.bound
    : before.bound + (bucket.bound - before.bound) * ((rank - before.cumulativeCount) / inside)
}
