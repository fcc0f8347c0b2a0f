export interface RegressionMetrics {
  /** Share of the variance that is explained. */
  r2: number
  /** Mean absolute error. */
  mae: number
  /** Root of the mean squared error. */
  rmse: number
  /** Mean absolute error relative to the truth, as a fraction. */
  mape: number
}

export function regressionMetrics(truth: Float64Array, predicted: Float64Array): RegressionMetrics {
  const count = truth.length
  if (count === 0 || predicted.length !== count) throw new Error(`${count} truths and ${predicted.length} predictions`)
  const mean = truth.reduce((sum, value) => sum + value, 0) / count
  let squares = 0
  let absolute = 0
  let relative = 0
  let total = 0
  truth.forEach((value, i) => {
    const error = (predicted[i] ?? Number.NaN) - value
    squares += error ** 2
    absolute += Math.abs(error)
    relative += Math.abs(error / value)
    total += (value - mean) ** 2
  })
  return {
    r2: 1 - squares / total,
    mae: absolute / count,
    rmse: Math.sqrt(squares / count),
    mape: relative / count,
  }
}

export interface MeanAndDeviation {
  mean: number
  sd: number
}

export function meanAndDeviation(values: readonly number[]): MeanAndDeviation {
  if (values.length === 0) throw new Error('there is nothing to average')
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, sd: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 }
}
