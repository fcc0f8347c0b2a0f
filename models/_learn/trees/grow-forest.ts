import { checkClasses } from '../class-codes.ts'
import { breathe, type TrainingControl } from '../control.ts'
import type { Arena } from '../kernels/arena.ts'
import { type Team, withTeam } from '../kernels/team.ts'
import { checkTrainingData, checkWeights, type Matrix } from '../matrix.ts'
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
  /** Threads that grow trees side by side; the calling one alone if absent. The trees do not depend on how many there are. */
  team?: ((arena: Arena) => Team) | undefined
}

export interface Forest extends TreeEnsemble {
  /** For each training row the mean of the trees that did not see it, one number an output; NaN when all did. */
  outOfBag: Float64Array
  /** For each column its share of what all splits have gained: the mean over the trees, which sums to 1. */
  importance: Float64Array
}

interface ForestTarget {
  values: Float64Array
  /** 1 where the target is a number, else how many classes its codes tell apart. */
  outputs: number
}

/** What sets the kinds of forests apart; the first where the caller leaves it open. */
export interface ForestKind {
  bootstrap: boolean
  randomThresholds: boolean
}

type GrowthDefaults = ForestKind & { columnsPerSplit: number }

/** About so many rows are put into trees between two breaths. */
const ROWS_PER_BREATH = 10_000

/** A forest of numbers: every column is looked at for each split unless `columnsPerSplit` says otherwise. */
export async function growRegressor(
  matrix: Matrix,
  target: Float64Array,
  options: ForestOptions,
  kind: ForestKind,
): Promise<Forest> {
  checkTrainingData(matrix, target, { missing: 'allowed' })
  return growForest(matrix, { values: target, outputs: 1 }, options, {
    ...kind,
    columnsPerSplit: matrix.columns.length,
  })
}

/** A forest of classes 0 .. k - 1: the root of the number of columns is looked at unless `columnsPerSplit` says otherwise. */
export async function growClassifier(
  matrix: Matrix,
  target: Float64Array,
  options: ForestOptions,
  kind: ForestKind,
): Promise<Forest> {
  checkTrainingData(matrix, target, { missing: 'allowed' })
  const columnsPerSplit = Math.round(Math.sqrt(matrix.columns.length))
  return growForest(matrix, { values: target, outputs: checkClasses(target) }, options, { ...kind, columnsPerSplit })
}

async function growForest(
  matrix: Matrix,
  target: ForestTarget,
  options: ForestOptions,
  kind: GrowthDefaults,
): Promise<Forest> {
  const growth = growthOf(options, kind)
  checkWeights(options.weights, matrix.rows)
  const weights = options.weights ?? new Float64Array(matrix.rows).fill(1)
  const importance = new Float64Array(matrix.columns.length)
  return withTeam(options.team, async (arena, team) => {
    const data = layOutForest(arena, binTable(arena, matrix, options, team), centred(target, weights), weights)
    const bag = growth.bootstrap ? new OutOfBag(arena, team, matrix, target.outputs) : undefined
    const growers = Array.from({ length: team.size }, () => new ForestGrower(arena, data, growth))
    const trees = await growTrees(team, growers, options, (tree, grower) => {
      grower.addImportance(importance)
      bag?.add(tree, grower)
    })
    return {
      intercepts: new Float64Array(target.outputs),
      trees,
      outOfBag: bag?.means(options.trees) ?? new Float64Array(matrix.rows * target.outputs).fill(Number.NaN),
      importance: shares(importance),
    }
  })
}

/** As many trees at a time as there are threads; `take` is given them one by one, in their order. */
async function growTrees(
  team: Team,
  growers: readonly ForestGrower[],
  { trees: count, seed, signal, onProgress }: ForestOptions,
  take: (tree: Tree, grower: ForestGrower) => void,
): Promise<Tree[]> {
  const random = createRandom(seed)
  const trees: Tree[] = []
  let rows = Number.POSITIVE_INFINITY // since the last breath
  while (trees.length < count) {
    if (rows >= ROWS_PER_BREATH) {
      await breathe(signal)
      rows = 0
    }
    for (const grower of growers) grower.prepare(random.fork())
    const nodes = team.run('growForestTree', (member) => [(growers[member] as ForestGrower).job])
    for (const [member, grower] of growers.slice(0, count - trees.length).entries()) {
      const tree = grower.read(nodes[member] as number, 1 / count)
      take(tree, grower)
      trees.push(tree)
      rows += grower.rows
      onProgress?.({ stage: 'trees', done: trees.length, total: count })
    }
  }
  return trees
}

function growthOf(options: ForestOptions, kind: GrowthDefaults): GrowthOptions {
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
