import type { Matrix } from '#models/_learn/matrix.ts'
import { type BoostedTrees, type BoostingOptions, fitBoosting } from '#models/_learn/trees/boosting.ts'
import { squaredLoss } from '#models/_learn/trees/losses/squared.ts'

/** Boosting as the peers do it without further settings: 100 trees of 31 leaves, a tenth of each step. */
export function fitBoosted(
  matrix: Matrix,
  target: Float64Array,
  threads: Pick<BoostingOptions, 'team'> = {},
): Promise<BoostedTrees> {
  return fitBoosting(matrix, target, { loss: squaredLoss(), rounds: 100, seed: 1, ...threads })
}
