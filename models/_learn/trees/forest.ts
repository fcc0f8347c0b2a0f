import { breathe, type TrainingControl } from '../control.ts'
import { checkTrainingData, type Matrix } from '../matrix.ts'
import { createRandom } from '../random.ts'
import { growTree, type TreeOptions } from './grow-tree.ts'
import { presort } from './presort.ts'
import { leafOf, scaleTree, type Tree, type TreeEnsemble } from './tree.ts'

export interface ForestOptions extends TreeOptions, TrainingControl {
  trees: number
  seed: number
}

export interface Forest extends TreeEnsemble {
  /** For each training row the mean of the trees that did not see it; NaN when all did. */
  outOfBag: Float64Array
}

/** Random forest: each tree grows on a bootstrap sample of the rows and sees a few columns at each split; the mean counts. */
export async function fitForest(matrix: Matrix, target: Float64Array, options: ForestOptions): Promise<Forest> {
  checkTrainingData(matrix, target, { missing: 'allowed' })
  const { rows } = matrix
  const table = presort(matrix)
  const random = createRandom(options.seed)
  const trees: Tree[] = []
  const sums = new Float64Array(rows)
  const counts = new Float64Array(rows)
  for (let t = 0; t < options.trees; t++) {
    if (t % 32 === 0) await breathe(options.signal)
    const own = random.fork()
    const draws = new Float64Array(rows)
    for (let i = 0; i < rows; i++) {
      const row = own.integer(rows)
      draws[row] = (draws[row] ?? 0) + 1
    }
    const tree = growTree(table, target, draws, options, own)
    for (let row = 0; row < rows; row++) {
      if (draws[row] !== 0) continue
      sums[row] = (sums[row] ?? 0) + (tree.value[leafOf(tree, table.columns, row)] ?? 0)
      counts[row] = (counts[row] ?? 0) + 1
    }
    trees.push(scaleTree(tree, 1 / options.trees))
    options.onProgress?.({ stage: 'trees', done: t + 1, total: options.trees })
  }
  return { intercepts: Float64Array.of(0), trees, outOfBag: sums.map((sum, row) => sum / (counts[row] ?? 0)) }
}
