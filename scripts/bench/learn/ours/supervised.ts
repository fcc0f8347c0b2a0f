import { regressionMetrics } from '#models/_learn/judging/regression-metrics.ts'
import type { Matrix } from '#models/_learn/matrix.ts'
import type { Run } from '../measurement.ts'
import { readSupervised } from '../read-table.ts'
import { measured, timed } from './measured.ts'

export interface SupervisedTraining<Model> {
  table: string
  /** Only so many of the training rows. */
  limit?: number
  train(matrix: Matrix, target: Float64Array): Model | Promise<Model>
  predict(model: Model, matrix: Matrix): Float64Array
  judge(truth: Float64Array, predicted: Float64Array): Run['quality']
}

/** Fits on the training rows of a table and is judged on those held out, as the peers are. */
export async function runSupervised<Model>(training: SupervisedTraining<Model>): Promise<Run> {
  const { table, limit, train, predict, judge } = training
  const { matrix, targets } = readSupervised(table, 'train', 1, limit)
  const target = targets[0] ?? new Float64Array()
  const { model, run } = await measured(() => train(matrix, target))
  const heldOut = readSupervised(table, 'held out')
  const { result, seconds } = timed(() => predict(model, heldOut.matrix))
  const quality = judge(heldOut.targets[0] ?? new Float64Array(), result)
  return { ...run, quality, predictSeconds: seconds, predictRows: heldOut.matrix.rows }
}

export function runRegression<Model>(training: Omit<SupervisedTraining<Model>, 'judge'>): Promise<Run> {
  return runSupervised({ ...training, judge: (truth, predicted) => ({ r2: regressionMetrics(truth, predicted).r2 }) })
}
