import { fitPca } from '#models/_learn/factors/pca.ts'
import type { Run } from '../measurement.ts'
import { readSupervised } from '../read-table.ts'
import { measured } from './measured.ts'

export async function runPca(): Promise<Run> {
  const { matrix } = readSupervised('blobs_500k_8', 'train', 0)
  const { model, run } = await measured(() => fitPca(matrix, { components: 4 }))
  return { ...run, quality: { explained: model.varianceShares.reduce((sum, share) => sum + share, 0) } }
}
