import { checkTrainingData, type Matrix } from '../matrix.ts'
import { solveCholesky } from './cholesky.ts'

/** prediction = baseline + sum of coefficient x (value - mean) */
export interface LinearModel {
  baseline: number
  means: Float64Array
  coefficients: Float64Array
}

export interface LinearOptions {
  /** Strength of the penalty on the coefficients; 0 is ordinary least squares. */
  ridge?: number
  /** How much each row counts; scaled to a mean of 1. */
  weights?: Float64Array
  /** The unit in which a column's coefficient is penalised, instead of its standard deviation. */
  penaltyUnits?: ArrayLike<number>
}

/**
 * Linear least squares with an optional ridge penalty, solved by Cholesky on standardised columns. A column that never
 * changes gets the coefficient 0.
 */
export function fitLinear(matrix: Matrix, target: Float64Array, options: LinearOptions = {}): LinearModel {
  checkTrainingData(matrix, target, { missing: 'refused' })
  const { ridge = 0, penaltyUnits } = options
  const weights = normalised(options.weights, matrix.rows)
  const baseline = weightedMean(target, weights)
  const means = Float64Array.from(matrix.columns, (column) => weightedMean(column, weights))
  const units = matrix.columns.map((column, j) => spread(column, means[j] ?? 0, weights))
  const varying = matrix.columns.map((_, j) => j).filter((j) => (units[j] ?? 0) > 0)
  const standardised = varying.map((j) => standardise(matrix.columns[j] ?? [], means[j] ?? 0, units[j] ?? 1))
  const penalties = varying.map((j) => ridge * ((penaltyUnits?.[j] ?? units[j] ?? 1) / (units[j] ?? 1)) ** 2)
  const solution = solveNormalEquations(standardised, target, baseline, weights, penalties)
  const coefficients = new Float64Array(matrix.columns.length)
  varying.forEach((j, k) => {
    coefficients[j] = (solution[k] ?? 0) / (units[j] ?? 1)
  })
  return { baseline, means, coefficients }
}

export function predictLinear({ baseline, means, coefficients }: LinearModel, matrix: Matrix): Float64Array {
  const predictions = new Float64Array(matrix.rows).fill(baseline)
  matrix.columns.forEach((column, j) => {
    const coefficient = coefficients[j] ?? 0
    const mean = means[j] ?? 0
    for (let i = 0; i < matrix.rows; i++)
      predictions[i] = (predictions[i] ?? 0) + coefficient * ((column[i] ?? Number.NaN) - mean)
  })
  return predictions
}

function solveNormalEquations(
  columns: readonly Float64Array[],
  target: Float64Array,
  baseline: number,
  weights: Float64Array,
  penalties: readonly number[],
): Float64Array {
  const size = columns.length
  const gram = new Float64Array(size * size)
  const right = new Float64Array(size)
  columns.forEach((column, j) => {
    const weighted = column.map((value, i) => value * (weights[i] ?? 0))
    right[j] = weighted.reduce((sum, value, i) => sum + value * ((target[i] ?? 0) - baseline), 0)
    for (let k = 0; k <= j; k++) {
      const product = dot(weighted, columns[k] ?? weighted)
      gram[j * size + k] = product
      gram[k * size + j] = product
    }
    gram[j * size + j] = (gram[j * size + j] ?? 0) + (penalties[j] ?? 0)
  })
  try {
    return solveCholesky(gram, right)
  } catch (cause) {
    throw new Error('the columns determine each other: remove one or use a ridge penalty', { cause })
  }
}

function normalised(weights: Float64Array | undefined, rows: number): Float64Array {
  if (weights === undefined) return new Float64Array(rows).fill(1)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (weights.length !== rows || !weights.every((weight) => weight >= 0) || !(total > 0) || !Number.isFinite(total))
    throw new Error('weights must be one non-negative number a row, not all zero')
  return weights.map((weight) => (weight * rows) / total)
}

function weightedMean(values: ArrayLike<number>, weights: Float64Array): number {
  return dot(values, weights) / weights.length
}

/** Standard deviation, or 0 where only rounding moves the column. */
function spread(column: ArrayLike<number>, mean: number, weights: Float64Array): number {
  let sum = 0
  for (let i = 0; i < column.length; i++) sum += (weights[i] ?? 0) * ((column[i] ?? 0) - mean) ** 2
  const deviation = Math.sqrt(sum / weights.length)
  return deviation > 1e-10 * Math.abs(mean) ? deviation : 0
}

function standardise(column: ArrayLike<number>, mean: number, unit: number): Float64Array {
  return Float64Array.from(column, (value) => (value - mean) / unit)
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}
