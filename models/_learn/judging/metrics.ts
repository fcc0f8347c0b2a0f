export { type MeanAndDeviation, meanAndDeviation } from './mean-and-deviation.ts'
export { type RegressionMetrics, regressionMetrics } from './regression-metrics.ts'
