import type { Matrix } from '../matrix.ts'
import { solveCholesky } from './cholesky.ts'
import { predictLinear } from './least-squares.ts'
import { type LogisticModel, predictLogistic } from './logistic-model.ts'
import { momentsOf } from './moments.ts'

/**
 * Where classes can be told apart perfectly, if only in some of the rows, likelihood grows for ever and each of Newton's steps
 * moves the log odds by about 1 (Albert and Anderson, 1984, show when). At a true optimum the next step goes nowhere.
 */
const FARTHEST_STEP = 0.1

/** @throws Error unless the coefficients of an unpenalised fit are at an optimum that is the only one */
export async function assertDetermined(
  model: LogisticModel,
  matrix: Matrix,
  target: Float64Array,
  weights: Float64Array,
) {
  const varying = matrix.columns.filter((column) => column.some((value) => value !== column[0]))
  const probabilities = predictLogistic(model, matrix)
  for (let score = 0; score < model.intercepts.length; score++) {
    const code = model.classes === 2 ? 1 : score
    const ofClass = weights.map((_, row) => probabilities[row * model.classes + code] as number)
    const step = await newtonStep({ rows: matrix.rows, columns: varying }, ofClass, target, code, weights)
    if (step <= FARTHEST_STEP) continue
    throw new Error(
      'the coefficients have no end: columns tell classes apart perfectly, or determine each other; use a penalty',
    )
  }
}

/** By how much Newton's next step would move a row's score, at most. */
async function newtonStep(
  matrix: Matrix,
  probabilities: Float64Array,
  target: Float64Array,
  code: number,
  weights: Float64Array,
): Promise<number> {
  const curvatures = probabilities.map((share, row) => (weights[row] as number) * share * (1 - share))
  const slopes = probabilities.map((share, row) => (weights[row] as number) * (share - Number(target[row] === code)))
  const { means, products } = await momentsOf(matrix.columns, curvatures)
  const right = Float64Array.from(matrix.columns, (column, j) => {
    const mean = means[j] as number
    return slopes.reduce((sum, slope, row) => sum + slope * ((column[row] as number) - mean), 0)
  })
  try {
    const baseline = sumOf(slopes) / sumOf(curvatures)
    const moves = predictLinear({ baseline, means, coefficients: solveCholesky(products, right) }, matrix)
    return moves.reduce((most, move) => Math.max(most, Math.abs(move)), 0)
  } catch {
    return Number.POSITIVE_INFINITY // singular
  }
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0)
}
