import { rowWeights } from '../weights.ts'
import { checkPairs } from './check-scored.ts'

export interface RegressionMetrics {
  /** Share of the variance that is explained; for a truth that never changes 1 if all is right, else 0. */
  r2: number
  /** Mean absolute error. */
  mae: number
  /** Root of the mean squared error. */
  rmse: number
  /** Mean absolute error relative to the truth, as a fraction; a truth of 0 counts as 2^-52. */
  mape: number
}

/** As scikit-learn defines them, each row counting by its weight. */
export function regressionMetrics(
  truth: Float64Array,
  predicted: Float64Array,
  weights?: Float64Array,
): RegressionMetrics {
  checkPairs(truth, predicted)
  const weightOf = rowWeights(weights, truth.length)
  let weight = 0
  let mean = 0
  for (let i = 0; i < truth.length; i++) {
    weight += weightOf[i] as number
    mean += (weightOf[i] as number) * (truth[i] as number)
  }
  mean /= weight
  let squares = 0
  let absolute = 0
  let relative = 0
  let total = 0
  for (let i = 0; i < truth.length; i++) {
    const own = weightOf[i] as number
    const value = truth[i] as number
    const error = (predicted[i] as number) - value
    squares += own * error * error
    absolute += own * Math.abs(error)
    relative += (own * Math.abs(error)) / Math.max(Math.abs(value), Number.EPSILON)
    total += own * (value - mean) ** 2
  }
  return {
    r2: total > 0 ? 1 - squares / total : Number(squares === 0),
    mae: absolute / weight,
    rmse: Math.sqrt(squares / weight),
    mape: relative / weight,
  }
}

/**
 * The mean pinball loss of predictions of a quantile between 0 and 1: being too low costs `quantile` a unit, being too
 * high 1 - quantile (Koenker and Bassett, "Regression quantiles", 1978).
 */
export function pinballLoss(
  truth: Float64Array,
  predicted: Float64Array,
  quantile: number,
  weights?: Float64Array,
): number {
  checkPairs(truth, predicted)
  if (!(quantile > 0 && quantile < 1)) throw new Error(`a quantile must lie between 0 and 1, got ${quantile}`)
  const weightOf = rowWeights(weights, truth.length)
  let sum = 0
  let weight = 0
  for (let i = 0; i < truth.length; i++) {
    const short = (truth[i] as number) - (predicted[i] as number)
    sum += (weightOf[i] as number) * Math.max(quantile * short, (quantile - 1) * short)
    weight += weightOf[i] as number
  }
  return sum / weight
}
