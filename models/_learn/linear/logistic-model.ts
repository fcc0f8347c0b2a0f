import type { Matrix } from '../matrix.ts'
import { linearScore } from './linear-score.ts'

/**
 * score = intercept + sum of coefficient x (value - mean). With two classes there is one score, the log odds of class 1; with
 * more there is one a class, and probabilities are their softmax.
 */
export interface LogisticModel {
  classes: number
  means: Float64Array
  /** One a score. */
  intercepts: Float64Array
  /** `scores x columns`, score by score. */
  coefficients: Float64Array
}

/** The probability of each class, row by row; NaN where a cell is not known. */
export function predictLogistic(model: LogisticModel, matrix: Matrix): Float64Array {
  const { classes, means, intercepts, coefficients } = model
  const columns = means.length
  const scores = Array.from(intercepts, (intercept, score) =>
    linearScore(matrix, intercept, means, coefficients.subarray(score * columns, (score + 1) * columns)),
  )
  return softmaxRows(classes === 2 ? [new Float64Array(matrix.rows), ...scores] : scores, matrix.rows)
}

function softmaxRows(scores: readonly Float64Array[], rows: number): Float64Array {
  const classes = scores.length
  const probabilities = new Float64Array(rows * classes)
  for (let row = 0; row < rows; row++) {
    const largest = scores.reduce((most, score) => Math.max(most, score[row] as number), Number.NEGATIVE_INFINITY)
    let sum = 0
    scores.forEach((score, k) => {
      const part = Math.exp((score[row] as number) - largest)
      probabilities[row * classes + k] = part
      sum += part
    })
    for (let k = 0; k < classes; k++)
      probabilities[row * classes + k] = (probabilities[row * classes + k] as number) / sum
  }
  return probabilities
}
