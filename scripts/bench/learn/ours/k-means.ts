import { fitKMeans, predictKMeans } from '#models/_learn/clusters/k-means.ts'
import type { Run } from '../measurement.ts'
import { readSupervised, readTableInfo } from '../read-table.ts'
import { measured, timed } from './measured.ts'

export async function runKMeans(): Promise<Run> {
  const { k = 0 } = readTableInfo('blobs_500k_8')
  const { matrix } = readSupervised('blobs_500k_8', 'train', 0)
  const { model, run } = await measured(() => fitKMeans(matrix, { clusters: k, seed: 1 }))
  const { seconds } = timed(() => predictKMeans(model, matrix))
  const { inertia, iterations } = model
  return { ...run, quality: { inertia, iterations }, predictSeconds: seconds, predictRows: matrix.rows }
}
