import type { Matrix } from '../matrix.ts'
import type { BoostedTrees } from './boosting.ts'
import { predictEnsemble } from './predict.ts'

/** Predictions, row by row, one number an output: values, or the probabilities of labels or classes. */
export function predictBoosted(model: BoostedTrees, matrix: Matrix): Float64Array {
  const scores = predictEnsemble(model, matrix)
  if (model.link === 'sigmoid') return scores.map((score) => 1 / (1 + Math.exp(-score)))
  if (model.link === 'softmax') softmaxRows(scores, model.intercepts.length)
  return scores
}

function softmaxRows(scores: Float64Array, outputs: number) {
  for (let first = 0; first < scores.length; first += outputs) {
    const row = scores.subarray(first, first + outputs)
    const largest = Math.max(...row)
    row.set(row.map((score) => Math.exp(score - largest)))
    const sum = row.reduce((total, power) => total + power, 0)
    row.set(row.map((power) => power / sum))
  }
}
