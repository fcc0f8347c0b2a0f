import type { Matrix } from '#models/_learn/matrix.ts'
import { fitBoosting } from '#models/_learn/trees/boosting.ts'
import type { TreeEnsemble } from '#models/_learn/trees/tree.ts'

/** Boosting with LightGBM's defaults: 100 trees of 31 leaves. */
export function fitBoosted(matrix: Matrix, target: Float64Array, _threads: number): Promise<TreeEnsemble> {
  return fitBoosting(matrix, target, {
    loss: 'squared',
    rounds: 100,
    learningRate: 0.1,
    subsample: 1,
    maxDepth: 5,
    minLeafWeight: 20,
    columnsPerSplit: matrix.columns.length,
    seed: 1,
  })
}
