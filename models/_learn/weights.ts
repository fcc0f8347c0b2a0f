import { checkWeights } from './matrix.ts'

/**
 * How much each row counts, scaled to a mean of 1; all alike when nothing is said.
 *
 * @throws Error unless `weights` are one non-negative number a row, not all zero
 */
export function normalisedWeights(weights: Float64Array | undefined, rows: number): Float64Array {
  const checked = rowWeights(weights, rows)
  const total = checked.reduce((sum, weight) => sum + weight, 0)
  return checked.map((weight) => (weight * rows) / total)
}

/** How much each row counts, as it is said; 1 when nothing is. */
export function rowWeights(weights: Float64Array | undefined, rows: number): Float64Array {
  checkWeights(weights, rows)
  return weights ?? new Float64Array(rows).fill(1)
}
