import type { Matrix } from '../matrix.ts'
import { type Forest, type ForestOptions, growClassifier, growRegressor } from './grow-forest.ts'

const KIND = { bootstrap: true, randomThresholds: false }

/**
 * Random forest (Breiman 2001): each tree grows on a bootstrap sample of the rows; the mean of the trees counts. Every
 * column is looked at for each split unless `columnsPerSplit` says otherwise. Columns are binned (255 bins); what is not
 * known goes to the side where it explains most. Predict with `predictEnsemble`.
 *
 * @throws Error that names the row, column or option that is wrong
 */
export async function fitForest(matrix: Matrix, target: Float64Array, options: ForestOptions): Promise<Forest> {
  return growRegressor(matrix, target, options, KIND)
}

/**
 * The same for classes 0 .. k - 1, split by Gini's impurity; the root of the number of columns is looked at for each split
 * unless `columnsPerSplit` says otherwise. The ensemble has k outputs: each class's share, which sum to 1.
 */
export async function fitForestClassifier(
  matrix: Matrix,
  target: Float64Array,
  options: ForestOptions,
): Promise<Forest> {
  return growClassifier(matrix, target, options, KIND)
}
