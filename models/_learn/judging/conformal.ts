import { countClasses } from './check-scored.ts'
import { rowsByGroup } from './rows-by-group.ts'

/**
 * The score that a new row stays below with at least the given probability, if it comes from where these came from:
 * split conformal prediction's quantile, with its correction for the finite number of scores (Vovk, Gammerman and
 * Shafer, "Algorithmic learning in a random world", 2005).
 *
 * @returns Infinity when there are too few scores to promise so much
 */
export function conformalQuantile(scores: ArrayLike<number>, coverage: number): number {
  if (!(coverage > 0 && coverage < 1)) throw new Error(`coverage must lie between 0 and 1, got ${coverage}`)
  const sorted = Float64Array.from(scores).sort()
  if (Number.isNaN(sorted.at(-1))) throw new Error('a score is NaN')
  const rank = Math.ceil((sorted.length + 1) * coverage)
  return sorted[rank - 1] ?? Number.POSITIVE_INFINITY
}

/**
 * The quantile of each group's own scores, so that the coverage holds within each: Mondrian conformal prediction (Vovk et
 * al., 2005, section 4.5).
 *
 * @param groups 0, 1, ... for each score
 */
export function conformalQuantiles(scores: Float64Array, groups: ArrayLike<number>, coverage: number): Float64Array {
  if (groups.length !== scores.length) throw new Error(`${scores.length} scores have ${groups.length} groups`)
  const { starts, rows } = rowsByGroup(groups, countClasses('group', groups))
  const grouped = Float64Array.from(rows, (row) => scores[row] as number)
  return Float64Array.from(starts.subarray(1), (end, group) =>
    conformalQuantile(grouped.subarray(starts[group], end), coverage),
  )
}

/** The quantile of each row's group; Infinity for a group that had no scores. */
export function quantilesOfRows(quantiles: Float64Array, groups: ArrayLike<number>): Float64Array {
  countClasses('group', groups)
  return Float64Array.from(groups, (group) => quantiles[group] ?? Number.POSITIVE_INFINITY)
}
