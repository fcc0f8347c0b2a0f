import { checkClasses } from '../class-codes.ts'
import type { TrainingControl } from '../control.ts'
import { checkTrainingData, type Matrix } from '../matrix.ts'
import { rowWeights } from '../weights.ts'
import { minimise } from './lbfgs.ts'
import { softmaxLoss } from './logistic-loss.ts'
import type { LogisticModel } from './logistic-model.ts'
import { meanAndDeviation } from './moments.ts'
import { assertDetermined } from './separation.ts'

export interface LogisticOptions extends TrainingControl {
  /** Strength of the penalty on the coefficients: scikit-learn's 1 / C; 1 unless told, 0 is none. */
  penalty?: number
  /** Share of the penalty on sizes rather than on squares; 0 unless told. Above 0, coefficients may be exactly 0. */
  l1Ratio?: number
  /** How often each row counts. */
  weights?: Float64Array
  /** Ends when no coefficient of a standardised column is further off than about this; 1e-7 unless told. */
  tolerance?: number
  /** Steps of the minimisation, at most; 2,000 unless told. */
  maxSteps?: number
}

/**
 * Logistic regression for two classes or more: minimises sum of weight x log loss + penalty x (l1Ratio x |c|_1 + (1 -
 * l1Ratio) x |c|^2 / 2) by L-BFGS, as scikit-learn does; intercepts are free. Each step costs rows x columns x scores. A
 * column that never changes gets the coefficient 0. Categories and missing values are for `encoding/` to turn into numbers first.
 *
 * @throws Error for a cell that is no finite number; for a target that is no class, or only one; and without a penalty when
 * the classes can be told apart perfectly or columns determine each other, because coefficients would grow without end
 */
export async function fitLogistic(
  matrix: Matrix,
  target: Float64Array,
  options: LogisticOptions = {},
): Promise<LogisticModel> {
  checkTrainingData(matrix, target, { missing: 'refused' })
  const { penalty = 1, l1Ratio = 0, tolerance = 1e-7, maxSteps = 2_000 } = options
  checkOptions(penalty, l1Ratio)
  const weights = rowWeights(options.weights, matrix.rows)
  const classes = checkClasses(target)
  checkWeightOfClasses(target, weights, classes)
  const scores = classes === 2 ? 1 : classes
  const design = scaledDesign(matrix, weights, penalty * (1 - l1Ratio))
  const { columns, scales, totalWeight } = design
  const size = columns.length
  const point = new Float64Array(scores * size)
  const perCoordinate = (penaltyOf: (scale: number) => number) =>
    point.map((_, i) => (i % size === size - 1 ? 0 : penaltyOf(scales[i % size] as number)))
  const objective = {
    evaluate: softmaxLoss(
      columns,
      target,
      weights,
      scores,
      perCoordinate((scale) => (penalty * (1 - l1Ratio)) / scale ** 2),
    ),
    sizePenalties: perCoordinate((scale) => (penalty * l1Ratio) / scale),
  }
  const arrived = await minimise(objective, point, {
    ...options,
    tolerance: tolerance * Math.sqrt(totalWeight),
    maxSteps,
  })
  if (!arrived)
    throw new Error(
      `the logistic regression did not converge in ${maxSteps} steps: raise maxSteps, penalty or tolerance`,
    )
  const model = modelOf(point, design, classes, matrix.columns.length)
  if (penalty === 0) await assertDetermined(model, matrix, target, weights)
  return model
}

function checkOptions(penalty: number, l1Ratio: number) {
  if (!(penalty >= 0 && penalty < Number.POSITIVE_INFINITY))
    throw new Error(`the penalty must be 0 or more, got ${penalty}`)
  if (!(l1Ratio >= 0 && l1Ratio <= 1)) throw new Error(`l1Ratio must be from 0 to 1, got ${l1Ratio}`)
}

function checkWeightOfClasses(target: Float64Array, weights: Float64Array, classes: number) {
  const totals = new Float64Array(classes)
  target.forEach((code, row) => {
    totals[code] = (totals[code] as number) + (weights[row] as number)
  })
  const empty = totals.indexOf(0)
  if (empty >= 0) throw new Error(`class ${empty} has no rows of any weight`)
}

interface Design {
  means: Float64Array
  /** Columns that change, centred and over their scale; the last is that of the intercepts. */
  columns: Float64Array[]
  scales: number[]
  /** Where the columns come from. */
  varying: number[]
  totalWeight: number
}

/** Scales are such that a coefficient's curvature is near 1, whatever the units and the penalty: few steps suffice. */
function scaledDesign({ rows, columns }: Matrix, weights: Float64Array, squarePenalty: number): Design {
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0)
  const statistics = columns.map((column) => meanAndDeviation(column, weights, totalWeight))
  const means = Float64Array.from(statistics, ({ mean }) => mean)
  const spreads = statistics.map(({ deviation }) => deviation)
  const varying = spreads.flatMap((spread, j) => (spread > 0 ? [j] : []))
  const scales = varying.map((j) => Math.sqrt(((spreads[j] as number) ** 2 * totalWeight) / 4 + squarePenalty))
  const scaled = varying.map((j, k) => scale(columns[j] ?? [], means[j] as number, scales[k] as number))
  const one = Math.sqrt(totalWeight) / 2
  const ones = new Float64Array(rows).fill(1 / one)
  return { means, columns: [...scaled, ones], scales: [...scales, one], varying, totalWeight }
}

function scale(column: ArrayLike<number>, mean: number, unit: number): Float64Array {
  const scaled = new Float64Array(column.length)
  for (let i = 0; i < scaled.length; i++) scaled[i] = ((column[i] as number) - mean) / unit
  return scaled
}

function modelOf(
  point: Float64Array,
  { means, scales, varying }: Design,
  classes: number,
  columns: number,
): LogisticModel {
  const size = scales.length
  const scores = point.length / size
  const intercepts = new Float64Array(scores)
  const coefficients = new Float64Array(scores * columns)
  for (let score = 0; score < scores; score++) {
    varying.forEach((j, k) => {
      coefficients[score * columns + j] = (point[score * size + k] as number) / (scales[k] as number)
    })
    intercepts[score] = (point[score * size + size - 1] as number) / (scales[size - 1] as number)
  }
  if (scores > 1) centre(intercepts)
  return { classes, means, intercepts, coefficients }
}

/** Only differences between the scores of classes count: of all intercepts that say the same, those that sum to 0. */
function centre(intercepts: Float64Array) {
  const mean = intercepts.reduce((sum, value) => sum + value, 0) / intercepts.length
  for (let score = 0; score < intercepts.length; score++) intercepts[score] = (intercepts[score] as number) - mean
}
