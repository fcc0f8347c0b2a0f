import { breathe, type TrainingControl } from '../control.ts'
import { checkColumns, checkWeights, type Matrix } from '../matrix.ts'
import { createRandom } from '../random.ts'
import { expectedPath, growIsolationTree } from './isolation-tree.ts'
import { predictEnsemble } from './predict.ts'
import { RowSampler } from './row-sampler.ts'
import { roundTo32Bits, scaleTree, type Tree, type TreeEnsemble } from './tree.ts'

export interface IsolationForestOptions extends TrainingControl {
  seed: number
  /** 100 if absent. */
  trees?: number | undefined
  /** How many rows each tree is grown on, drawn without replacement; 256 if absent, and all where there are fewer. */
  sampleRows?: number | undefined
  /** One non-negative number a row, not all zero: how readily it is drawn. */
  weights?: Float64Array | undefined
  /** Columns that hold codes of categories. */
  categorical?: readonly number[] | undefined
}

export interface IsolationForest {
  /** The mean path length: about how many questions it takes to part a row from others. */
  paths: TreeEnsemble
  /** The mean path length in a tree over as many rows whose shape says nothing. */
  expectedPath: number
}

/**
 * Isolation forest (Liu, Ting & Zhou 2008): trees ask random columns for random thresholds, between the smallest and the
 * largest value of the node, until rows are alone or log2(sampleRows) questions were asked; what is odd is alone soon. Of
 * categories, a random set is asked for. What is not known goes with the larger side of what is.
 *
 * @throws Error that names the row, column or option that is wrong
 */
export async function fitIsolationForest(matrix: Matrix, options: IsolationForestOptions): Promise<IsolationForest> {
  const { seed, trees: count = 100, sampleRows = 256, weights, categorical = [], signal, onProgress } = options
  checkColumns(matrix, { missing: 'allowed' })
  checkWeights(weights, matrix.rows)
  if (!(Number.isInteger(count) && count >= 1)) throw new Error(`a forest needs at least one tree, got ${count}`)
  if (!(Number.isInteger(sampleRows) && sampleRows >= 1))
    throw new Error(`sampleRows must be at least 1: ${sampleRows}`)
  for (const column of categorical) checkCodes(matrix.columns[column], column)
  const columns = matrix.columns.map(roundTo32Bits)
  const isCategory = columns.map((_, j) => categorical.includes(j))
  const sampler = new RowSampler(matrix.rows, weights)
  const size = Math.min(sampleRows, sampler.available)
  const random = createRandom(seed)
  const trees: Tree[] = []
  for (let t = 0; t < count; t++) {
    if (t % 32 === 0) await breathe(signal)
    const own = random.fork()
    const tree = growIsolationTree(columns, isCategory, sampler.draw(size, own), own)
    trees.push(scaleTree(tree, 1 / count))
    onProgress?.({ stage: 'trees', done: t + 1, total: count })
  }
  return { paths: { intercepts: Float64Array.of(0), trees }, expectedPath: expectedPath(size) }
}

function checkCodes(codes: Matrix['columns'][number] | undefined, column: number) {
  if (codes === undefined) throw new Error(`categorical column ${column} does not exist`)
  const wrong = codes.findIndex(
    (code) => !(Number.isNaN(code) || (Number.isInteger(code) && code >= 0 && code < 2 ** 24)),
  )
  if (wrong >= 0)
    throw new Error(
      `row ${wrong} of categorical column ${column} is ${codes[wrong]}: codes are whole numbers from 0 to 2^24 - 1`,
    )
}

/** How odd each row is: near 1 what is alone at once, about 0.5 and less what is like the others. */
export function predictIsolationForest({ paths, expectedPath }: IsolationForest, matrix: Matrix): Float64Array {
  const unit = Math.max(expectedPath, Number.MIN_VALUE) // of one row: every path is 0, and every score 1
  return predictEnsemble(paths, matrix).map((path) => 2 ** (-path / unit))
}
