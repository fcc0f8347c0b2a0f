import { regressionMetrics } from '#models/_learn/judging/metrics.ts'
import type { Matrix } from '#models/_learn/matrix.ts'
import type { Run } from '../measurement.ts'
import { readSupervised } from '../read-table.ts'
import { measured, timed } from './measured.ts'

export interface RegressionTraining<Model> {
  table: string
  /** Only so many of the training rows. */
  limit?: number
  train(matrix: Matrix, target: Float64Array): Model | Promise<Model>
  predict(model: Model, matrix: Matrix): Float64Array
}

/** Fits on the training rows of a table and is judged on those held out, as the peers are. */
export async function runRegression<Model>({ table, limit, train, predict }: RegressionTraining<Model>): Promise<Run> {
  const { matrix, targets } = readSupervised(table, 'train', 1, limit)
  const target = targets[0] ?? new Float64Array()
  const { model, run } = await measured(() => train(matrix, target))
  const heldOut = readSupervised(table, 'held out')
  const { result, seconds } = timed(() => predict(model, heldOut.matrix))
  const { r2 } = regressionMetrics(heldOut.targets[0] ?? new Float64Array(), result)
  return { ...run, quality: { r2 }, predictSeconds: seconds, predictRows: heldOut.matrix.rows }
}
