import type { TrainingControl } from '../control.ts'
import { checkTrainingData, type Matrix } from '../matrix.ts'
import { normalisedWeights } from '../weights.ts'
import { solveCholesky } from './cholesky.ts'
import { linearScores } from './linear-scores.ts'
import { deviation, momentsOf } from './moments.ts'

/** prediction = baseline + sum of coefficient x (value - mean) */
export interface LinearModel {
  baseline: number
  means: Float64Array
  coefficients: Float64Array
}

export interface LinearOptions extends TrainingControl {
  /** Strength of the penalty on the coefficients; 0 is ordinary least squares. */
  ridge?: number
  /** How much each row counts; scaled to a mean of 1. */
  weights?: Float64Array
  /** The unit in which a column's coefficient is penalised, instead of its standard deviation. */
  penaltyUnits?: ArrayLike<number>
}

/**
 * Linear least squares with an optional ridge penalty (Hoerl and Kennard, 1970), solved by Cholesky on standardised columns:
 * with S the columns over their standard deviations, it minimises sum of weight x error^2 + ridge x |coefficients of S|^2.
 * scikit-learn's `Ridge` is the same with `penaltyUnits` of 1. A column that never changes gets the coefficient 0. Categories and
 * missing values are for `encoding/` to turn into numbers first.
 *
 * @throws Error for a cell that is no finite number, and for columns that determine each other when there is no penalty
 */
export async function fitLinear(
  matrix: Matrix,
  target: Float64Array,
  options: LinearOptions = {},
): Promise<LinearModel> {
  checkTrainingData(matrix, target, { missing: 'refused' })
  const { ridge = 0, penaltyUnits } = options
  if (!(ridge >= 0 && ridge < Number.POSITIVE_INFINITY)) throw new Error(`ridge must be 0 or more, got ${ridge}`)
  const weights = normalisedWeights(options.weights, matrix.rows)
  const moments = await momentsOf([...matrix.columns, target], weights, options)
  const { means, products, size } = moments
  const columns = matrix.columns.length
  const units = matrix.columns.map((_, j) => deviation(moments, j, matrix.rows))
  const varying = units.flatMap((unit, j) => (unit > 0 ? [j] : []))
  const unitOf = (j: number) => units[j] as number
  const gram = new Float64Array(varying.length ** 2)
  varying.forEach((j, row) => {
    varying.forEach((k, column) => {
      gram[row * varying.length + column] = (products[j * size + k] as number) / unitOf(j) / unitOf(k)
    })
    const diagonal = row * varying.length + row
    gram[diagonal] = (gram[diagonal] as number) + ridge * ((penaltyUnits?.[j] ?? unitOf(j)) / unitOf(j)) ** 2
  })
  const right = Float64Array.from(varying, (j) => (products[columns * size + j] as number) / unitOf(j))
  const solution = solve(gram, right)
  const coefficients = new Float64Array(columns)
  varying.forEach((j, k) => {
    coefficients[j] = (solution[k] as number) / unitOf(j)
  })
  return { baseline: means[columns] as number, means: means.slice(0, columns), coefficients }
}

function solve(gram: Float64Array, right: Float64Array): Float64Array {
  try {
    return solveCholesky(gram, right)
  } catch (cause) {
    throw new Error('the columns determine each other: remove one or use a ridge penalty', { cause })
  }
}

/** One number a row; NaN where a cell is not known. */
export function predictLinear({ baseline, means, coefficients }: LinearModel, matrix: Matrix): Float64Array {
  const [predictions] = linearScores(matrix, { starts: [baseline], means, coefficients })
  return predictions as Float64Array
}
