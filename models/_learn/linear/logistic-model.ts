import type { Matrix } from '../matrix.ts'
import { linearScores } from './linear-scores.ts'

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
  const scores = linearScores(matrix, { starts: intercepts, means, coefficients })
  const [only = new Float64Array()] = scores
  return classes === 2 ? bothOfTwo(only) : softmaxRows(scores, matrix.rows)
}

function bothOfTwo(logOdds: Float64Array): Float64Array {
  const probabilities = new Float64Array(2 * logOdds.length)
  for (let row = 0; row < logOdds.length; row++) {
    const score = logOdds[row] as number
    const small = Math.exp(-Math.abs(score))
    const likely = 1 / (1 + small)
    const positive = Number(score > 0)
    probabilities[2 * row + positive] = likely
    probabilities[2 * row + 1 - positive] = small * likely
  }
  return probabilities
}

function softmaxRows(scores: readonly Float64Array[], rows: number): Float64Array {
  const classes = scores.length
  const probabilities = new Float64Array(rows * classes)
  for (let row = 0; row < rows; row++) {
    let largest = Number.NEGATIVE_INFINITY
    for (let k = 0; k < classes; k++) largest = Math.max(largest, (scores[k] as Float64Array)[row] as number)
    const start = row * classes
    let sum = 0
    for (let k = 0; k < classes; k++) {
      const part = Math.exp(((scores[k] as Float64Array)[row] as number) - largest)
      probabilities[start + k] = part
      sum += part
    }
    for (let k = 0; k < classes; k++) probabilities[start + k] = (probabilities[start + k] as number) / sum
  }
  return probabilities
}
