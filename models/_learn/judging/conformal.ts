/**
 * The score that a new row stays below with at least the given probability, if it comes from where these came from:
 * split conformal prediction's quantile, with its correction for the finite number of scores.
 *
 * @returns Infinity when there are too few scores to promise so much
 */
export function conformalQuantile(scores: ArrayLike<number>, coverage: number): number {
  if (!(coverage > 0 && coverage < 1)) throw new Error(`coverage must lie between 0 and 1, got ${coverage}`)
  const sorted = Float64Array.from(scores).sort()
  const rank = Math.ceil((sorted.length + 1) * coverage)
  return sorted[rank - 1] ?? Number.POSITIVE_INFINITY
}
