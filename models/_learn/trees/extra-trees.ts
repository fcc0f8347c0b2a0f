import type { Matrix } from '../matrix.ts'
import { type Forest, type ForestOptions, growClassifier, growRegressor } from './grow-forest.ts'

const KIND = { bootstrap: false, randomThresholds: true }

/**
 * Extremely randomized trees (Geurts, Ernst & Wehenkel 2006): a forest that tries one random threshold a column, between
 * the smallest and the largest value of the node, instead of the best; of a column of categories, a random set. Each tree
 * sees all rows unless `bootstrap` says otherwise; only then are there out-of-bag predictions.
 *
 * @throws Error that names the row, column or option that is wrong
 */
export async function fitExtraTrees(matrix: Matrix, target: Float64Array, options: ForestOptions): Promise<Forest> {
  return growRegressor(matrix, target, options, KIND)
}

/** The same for classes 0 .. k - 1, with the defaults of `fitForestClassifier`: k outputs, each class's share. */
export async function fitExtraTreesClassifier(
  matrix: Matrix,
  target: Float64Array,
  options: ForestOptions,
): Promise<Forest> {
  return growClassifier(matrix, target, options, KIND)
}
