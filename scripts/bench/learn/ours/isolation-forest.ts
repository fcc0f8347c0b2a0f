import { rocAuc } from '#models/_learn/judging/curves.ts'
import { fitIsolationForest, predictIsolationForest } from '#models/_learn/trees/isolation-forest.ts'
import type { Run } from '../measurement.ts'
import { readSupervised } from '../read-table.ts'
import { measured, timed } from './measured.ts'

/** Fits and scores the same rows, as the peer does: nothing is learned from the truth. */
export async function runIsolationForest(): Promise<Run> {
  const { matrix, targets } = readSupervised('anomaly_100k_8', 'train')
  const { model, run } = await measured(() => fitIsolationForest(matrix, { trees: 100, sampleRows: 256, seed: 1 }))
  const { result, seconds } = timed(() => predictIsolationForest(model, matrix))
  const quality = { auc: rocAuc(targets[0] ?? new Float64Array(), result) }
  return { ...run, quality, predictSeconds: seconds, predictRows: matrix.rows }
}
