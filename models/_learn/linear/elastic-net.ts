import { breathe, type TrainingControl } from '../control.ts'
import { checkTrainingData, type Matrix } from '../matrix.ts'
import { normalisedWeights } from '../weights.ts'
import type { LinearModel } from './least-squares.ts'
import { deviation, type Moments, momentsOf } from './moments.ts'

interface SharedOptions extends TrainingControl {
  /** Share of the penalty on sizes rather than on squares, above 0: 1, the default, is the lasso. */
  l1Ratio?: number
  /** Penalise coefficients of columns in units of their standard deviation: then no scale of a column matters. */
  standardise?: boolean
  /** How much each row counts; scaled to a mean of 1. */
  weights?: Float64Array
  /** Ends when the duality gap is below this share of the target's mean square; 1e-12 unless told. */
  tolerance?: number
  /** Passes over the columns for each penalty, at most; 10,000 unless told. */
  maxPasses?: number
}

export interface ElasticNetOptions extends SharedOptions {
  /** Strength of the penalty: scikit-learn's `alpha`, above 0. */
  penalty: number
}

export interface ElasticNetPathOptions extends SharedOptions {
  /** One model each, every one started from the one before: fastest in descending order. */
  penalties: readonly number[]
}

/** Passes between two looks at the gap. */
const PASSES_PER_CHECK = 10

/**
 * Lasso and elastic net by cyclic coordinate descent on the products of columns (Friedman, Hastie and Tibshirani, 2010):
 * minimises mean of weight x error^2 / 2 + penalty x (l1Ratio x |c|_1 + (1 - l1Ratio) x |c|^2 / 2), as scikit-learn does. The
 * rows are read twice; each pass after that costs columns^2. A column that never changes gets the coefficient 0.
 * Categories and missing values are for `encoding/` to turn into numbers first.
 *
 * @throws Error for a cell that is no finite number, and when the passes do not suffice
 */
export async function fitElasticNet(
  matrix: Matrix,
  target: Float64Array,
  { penalty, ...shared }: ElasticNetOptions,
): Promise<LinearModel> {
  const [model] = await fitElasticNetPath(matrix, target, { ...shared, penalties: [penalty] })
  return model as LinearModel
}

/** A model for each penalty, for the price of little more than one: the rows are read but once for all. */
export async function fitElasticNetPath(
  matrix: Matrix,
  target: Float64Array,
  options: ElasticNetPathOptions,
): Promise<LinearModel[]> {
  checkTrainingData(matrix, target, { missing: 'refused' })
  checkOptions(options)
  const weights = normalisedWeights(options.weights, matrix.rows)
  const moments = await momentsOf([...matrix.columns, target], weights, options)
  const units = matrix.columns.map((_, j) => deviation(moments, j, matrix.rows))
  const scales = options.standardise ? units : units.map((unit) => (unit > 0 ? 1 : 0))
  const problem = quadraticProblem(moments, scales, matrix.rows)
  const means = moments.means.slice(0, scales.length)
  const baseline = moments.means[scales.length] as number
  const solution = new Float64Array(scales.length)
  const models: LinearModel[] = []
  for (const penalty of options.penalties) {
    await descend(problem, penalty, solution, options)
    const coefficients = solution.map((value, j) => (value === 0 ? 0 : value / (scales[j] as number)))
    models.push({ baseline, means, coefficients })
  }
  return models
}

function checkOptions({ penalties, l1Ratio = 1 }: ElasticNetPathOptions) {
  for (const penalty of penalties)
    if (!(penalty > 0 && penalty < Number.POSITIVE_INFINITY))
      throw new Error(`the penalty must be above 0, got ${penalty}: least squares does without`)
  if (!(l1Ratio > 0 && l1Ratio <= 1))
    throw new Error(`l1Ratio must be above 0 and at most 1, got ${l1Ratio}: least squares has the ridge penalty`)
}

/** minimise c Q c / 2 - r c + penalties of c, where a column of no scale stays out. */
interface QuadraticProblem {
  size: number
  /** Q, row by row. */
  products: Float64Array
  /** r */
  right: Float64Array
  /** Mean square of the centred target. */
  energy: number
}

/** l1 |c|_1 + l2 |c|^2 / 2 */
interface Penalties {
  l1: number
  l2: number
}

function quadraticProblem(moments: Moments, scales: readonly number[], rows: number): QuadraticProblem {
  const size = scales.length
  const perUnit = scales.map((scale) => (scale > 0 ? 1 / scale : 0))
  const product = (j: number, k: number) => (moments.products[j * moments.size + k] as number) / rows
  const products = new Float64Array(size * size)
  for (let j = 0; j < size; j++)
    for (let k = 0; k < size; k++)
      products[j * size + k] = product(j, k) * (perUnit[j] as number) * (perUnit[k] as number)
  return {
    size,
    products,
    right: Float64Array.from(perUnit, (inverse, j) => product(size, j) * inverse),
    energy: product(size, size),
  }
}

/** Moves `solution` to the minimum. */
async function descend(
  problem: QuadraticProblem,
  penalty: number,
  solution: Float64Array,
  { l1Ratio = 1, tolerance = 1e-12, maxPasses = 10_000, signal, onProgress }: SharedOptions,
) {
  const penalties = { l1: penalty * l1Ratio, l2: penalty * (1 - l1Ratio) }
  const { size, products, right, energy } = problem
  /** r - Q c: what is left of each column's product with the target. */
  const left = right.map((value, j) => value - rowProduct(products, j * size, solution))
  for (let pass = 1; pass <= maxPasses; pass++) {
    const change = sweep(problem, penalties, solution, left)
    if (change > 0 && pass % PASSES_PER_CHECK !== 0 && pass < maxPasses) continue
    if (change === 0 || dualityGap(problem, penalties, solution, left) <= tolerance * energy) return
    onProgress?.({ stage: 'passes', done: pass, total: maxPasses })
    await breathe(signal)
  }
  throw new Error(`the elastic net did not converge in ${maxPasses} passes: raise maxPasses, penalty or tolerance`)
}

/** One coordinate after the other to its own minimum; returns the largest change. */
function sweep(
  { size, products }: QuadraticProblem,
  { l1, l2 }: Penalties,
  solution: Float64Array,
  left: Float64Array,
): number {
  let largest = 0
  for (let j = 0; j < size; j++) {
    const curvature = products[j * size + j] as number
    if (curvature === 0) continue
    const old = solution[j] as number
    const pull = (left[j] as number) + curvature * old
    const value = (Math.sign(pull) * Math.max(Math.abs(pull) - l1, 0)) / (curvature + l2)
    const change = value - old
    if (change === 0) continue
    solution[j] = value
    for (let k = 0; k < size; k++) left[k] = (left[k] as number) - change * (products[j * size + k] as number)
    largest = Math.max(largest, Math.abs(change))
  }
  return largest
}

/**
 * How far above the minimum the objective is at most: the dual point is the residual, scaled into the region where the
 * penalised columns allow it (scikit-learn measures the same gap).
 */
function dualityGap(
  { right, energy }: QuadraticProblem,
  { l1, l2 }: Penalties,
  solution: Float64Array,
  left: Float64Array,
): number {
  let sizes = 0
  let squares = 0
  let largest = 0
  let fitted = 0 // c (r - Q c)
  let explained = 0 // c r
  for (let j = 0; j < solution.length; j++) {
    const value = solution[j] as number
    sizes += Math.abs(value)
    squares += value * value
    fitted += value * (left[j] as number)
    explained += value * (right[j] as number)
    largest = Math.max(largest, Math.abs((left[j] as number) - l2 * value))
  }
  const residual = energy - explained - fitted // mean square of what the model leaves
  const scale = largest > l1 ? l1 / largest : 1
  const primal = residual / 2 + l1 * sizes + (l2 / 2) * squares
  const dual = scale * (energy - explained) - (scale * scale * (residual + l2 * squares)) / 2
  return primal - dual
}

function rowProduct(products: Float64Array, start: number, solution: Float64Array): number {
  let sum = 0
  for (let k = 0; k < solution.length; k++) sum += (products[start + k] as number) * (solution[k] as number)
  return sum
}
