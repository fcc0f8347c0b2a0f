import { checkClasses } from '../class-codes.ts'
import { checkTrainingData, type Matrix } from '../matrix.ts'
import { type Forest, type ForestOptions, growForest } from './grow-forest.ts'

/**
 * Extremely randomized trees (Geurts, Ernst & Wehenkel 2006): a forest that tries one random threshold a column, between
 * the smallest and the largest value of the node, instead of the best; of a column of categories, a random set. Each tree
 * sees all rows unless `bootstrap` says otherwise; only then are there out-of-bag predictions.
 *
 * @throws Error that names the row, column or option that is wrong
 */
export async function fitExtraTrees(matrix: Matrix, target: Float64Array, options: ForestOptions): Promise<Forest> {
  checkTrainingData(matrix, target, { missing: 'allowed' })
  return growForest(matrix, { values: target, outputs: 1 }, options, {
    bootstrap: false,
    randomThresholds: true,
    columnsPerSplit: matrix.columns.length,
  })
}

/** The same for classes 0 .. k - 1, with the defaults of `fitForestClassifier`: k outputs, each class's share. */
export async function fitExtraTreesClassifier(
  matrix: Matrix,
  target: Float64Array,
  options: ForestOptions,
): Promise<Forest> {
  checkTrainingData(matrix, target, { missing: 'allowed' })
  return growForest(matrix, { values: target, outputs: checkClasses(target) }, options, {
    bootstrap: false,
    randomThresholds: true,
    columnsPerSplit: Math.round(Math.sqrt(matrix.columns.length)),
  })
}
