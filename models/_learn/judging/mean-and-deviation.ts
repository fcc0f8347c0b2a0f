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
