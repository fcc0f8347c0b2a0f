import { checkWeights } from '../matrix.ts'

/** Weights with a mean of 1, and the mean that they had. */
export function normaliseWeights(weights: Float64Array | undefined, rows: number) {
  if (weights === undefined) return { weights: new Float64Array(rows).fill(1), mean: 1 }
  checkWeights(weights, rows)
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / rows
  return { weights: weights.map((weight) => weight / mean), mean }
}
