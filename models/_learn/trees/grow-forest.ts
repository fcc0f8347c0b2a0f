import { breathe, type TrainingControl } from '../control.ts'
import { Arena } from '../kernels/arena.ts'
import { checkWeights, type Matrix } from '../matrix.ts'
import { createRandom } from '../random.ts'
import { binTable } from './binning.ts'
import { ForestGrower, type GrowthOptions, type KernelTarget, layOutForest } from './forest-grower.ts'
import { OutOfBag } from './out-of-bag.ts'
import type { Tree, TreeEnsemble } from './tree.ts'

export interface ForestOptions extends TrainingControl {
  trees: number
  seed: number
  /** No leaf is deeper; as deep as the data go if absent. */
  maxDepth?: number | undefined
  /** Least weight of training rows in a leaf; 1 if absent. */
  minLeafWeight?: number | undefined
  /** How many columns are looked at for each split, drawn at random; columns that cannot split are not counted. */
  columnsPerSplit?: number | undefined
  /** Does each tree grow on rows drawn with replacement, as many as there are, or on all rows? */
  bootstrap?: boolean | undefined
  /** One non-negative number a row, not all zero: rows are drawn alike, and count by their weight. */
  weights?: Float64Array | undefined
  /** Columns that hold whole, non-negative codes of categories. */
  categorical?: readonly number[] | undefined
  /** At most this many bins a column, 2 to 255. */
  maxBins?: number | undefined
}

export interface Forest extends TreeEnsemble {
  /** For each training row the mean of the trees that did not see it, one number an output; NaN when all did. */
  outOfBag: Float64Array
  /** For each column its share of what all splits have gained: the mean over the trees, which sums to 1. */
  importance: Float64Array
}

export interface ForestTarget {
  values: Float64Array
  /** 1 where the target is a number, else how many classes its codes tell apart. */
  outputs: number
}

/** What sets the kinds of forests apart, where the caller leaves it open. */
export interface ForestKind {
  bootstrap: boolean
  randomThresholds: boolean
  columnsPerSplit: number
}

/** Between two breaths, about so many rows are put into trees. */
const ROWS_PER_BREATH = 100_000
const MOST_TREES_PER_BREATH = 32

/** Grows a forest on checked data. */
export async function growForest(
  matrix: Matrix,
  target: ForestTarget,
  options: ForestOptions,
  kind: ForestKind,
): Promise<Forest> {
  const { trees: count, signal, onProgress } = options
  const growth = growthOf(options, kind)
  checkWeights(options.weights, matrix.rows)
  const weights = options.weights ?? new Float64Array(matrix.rows).fill(1)
  const arena = new Arena()
  const data = layOutForest(arena, binTable(arena, matrix, options), centred(target, weights), weights)
  const grower = new ForestGrower(arena, data, growth)
  const bag = growth.bootstrap ? new OutOfBag(arena, matrix, target.outputs) : undefined
  const importance = new Float64Array(matrix.columns.length)
  const random = createRandom(options.seed)
  const trees: Tree[] = []
  const breath = Math.min(MOST_TREES_PER_BREATH, Math.ceil(ROWS_PER_BREATH / matrix.rows))
  for (let t = 0; t < count; t++) {
    if (t % breath === 0) await breathe(signal)
    grower.prepare(random.fork())
    const tree = grower.read(arena.kernels.growForestTree(grower.job), 1 / count)
    grower.addImportance(importance)
    bag?.add(tree, grower)
    trees.push(tree)
    onProgress?.({ stage: 'trees', done: t + 1, total: count })
  }
  return {
    intercepts: new Float64Array(target.outputs),
    trees,
    outOfBag: bag?.means(count) ?? new Float64Array(matrix.rows * target.outputs).fill(Number.NaN),
    importance: shares(importance),
  }
}

function growthOf(options: ForestOptions, kind: ForestKind): GrowthOptions {
  const {
    trees,
    maxDepth = Number.POSITIVE_INFINITY,
    minLeafWeight = 1,
    columnsPerSplit = kind.columnsPerSplit,
    bootstrap = kind.bootstrap,
  } = options
  if (!(Number.isInteger(trees) && trees >= 1)) throw new Error(`a forest needs at least one tree, got ${trees}`)
  if (!(maxDepth >= 0)) throw new Error(`maxDepth must not be negative, got ${maxDepth}`)
  if (!(minLeafWeight >= 0)) throw new Error(`minLeafWeight must not be negative, got ${minLeafWeight}`)
  if (!(columnsPerSplit >= 1)) throw new Error(`columnsPerSplit must be at least 1, got ${columnsPerSplit}`)
  return { maxDepth, minLeafWeight, columnsPerSplit, bootstrap, randomThresholds: kind.randomThresholds }
}

/** Numbers as what they exceed their mean by: sums keep their digits. Two classes are a number, the second one's share. */
function centred({ values, outputs }: ForestTarget, weights: Float64Array): KernelTarget {
  if (outputs > 2) return { values, mean: 0, classes: outputs, outputs }
  let sum = 0
  let weight = 0
  for (let row = 0; row < values.length; row++) {
    sum += (weights[row] as number) * (values[row] as number)
    weight += weights[row] as number
  }
  const mean = sum / weight
  return { values: values.map((value) => value - mean), mean, classes: 1, outputs }
}

function shares(amounts: Float64Array): Float64Array {
  const total = amounts.reduce((sum, amount) => sum + amount, 0)
  return amounts.map((amount) => (total > 0 ? amount / total : 0))
}
