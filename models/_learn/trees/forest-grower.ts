import type { Arena, Block } from '../kernels/arena.ts'
import type { Pointer } from '../kernels/kernels.ts'
import type { Random } from '../random.ts'
import type { BinnedTable } from './binning.ts'
import type { Tree } from './tree.ts'

/** How the trees of a forest grow. */
export interface GrowthOptions {
  maxDepth: number
  minLeafWeight: number
  columnsPerSplit: number
  bootstrap: boolean
  /** One random threshold a column, instead of the best one. */
  randomThresholds: boolean
}

export interface KernelTarget {
  /** A number a row: the target less `mean`, or the code of the row's class. */
  values: Float64Array
  mean: number
  /** 1 where the target is a number. */
  classes: number
  /** How many numbers a leaf has: of two classes the kernel counts the second one only. */
  outputs: number
}

/** What all trees learn from, laid out for the kernel. */
export interface ForestData {
  table: BinnedTable
  target: KernelTarget
  kinds: Block<Uint8Array>
  cuts: Block<Float32Array>
  targets: Block<Float64Array>
  weights: Block<Float64Array>
  /** Rows with a positive weight. */
  eligible: Block<Int32Array>
}

export function layOutForest(
  arena: Arena,
  table: BinnedTable,
  target: KernelTarget,
  weights: Float64Array,
): ForestData {
  const kinds = arena.bytes(table.columns.length)
  const cuts = arena.float32(256 * table.columns.length)
  cuts.values.fill(Number.POSITIVE_INFINITY)
  table.columns.forEach((column, j) => {
    if (column.kind === 'category') kinds.values[j] = 1
    else cuts.values.set(column.cuts, 256 * j)
  })
  const targets = arena.float64(table.rows)
  const ofRows = arena.float64(table.rows)
  targets.values.set(target.values)
  ofRows.values.set(weights)
  const positive = Int32Array.from(weights.keys()).filter((row) => (weights[row] as number) > 0)
  const eligible = arena.int32(positive.length)
  eligible.values.set(positive)
  return { table, target, kinds, cuts, targets, weights: ofRows, eligible }
}

/** The kernel's ForestJob: nine numbers of 64 bits, of which the first three are set here, then words of 32 bits. */
const JOB_DOUBLES = 9
const JOB_BYTES = 256

/** Grows one tree at a time in memory of its own: each thread needs one. */
export class ForestGrower {
  /** The argument of the kernel `growForestTree`, which returns how many nodes the tree has. */
  readonly job: Pointer
  readonly #data: ForestData
  readonly #options: GrowthOptions
  readonly #seed: Int32Array
  readonly #numbers: Float64Array
  readonly #tree: TreeMemory
  readonly #pairs: Block<Float64Array>

  constructor(arena: Arena, data: ForestData, options: GrowthOptions) {
    const job = arena.allocate(JOB_BYTES)
    this.job = job
    this.#data = data
    this.#options = options
    this.#seed = new Int32Array(arena.memory.buffer, job, 2)
    this.#numbers = new Float64Array(arena.memory.buffer, job, JOB_DOUBLES)
    this.#tree = layOutTree(arena, data)
    this.#pairs = arena.float64(2 * data.table.rows)
    const words = [
      ...wordsOfData(data),
      ...wordsOfOptions(options, data.table.columns.length),
      ...wordsOfTree(this.#tree),
      ...wordsOfScratch(arena, data, this.#pairs.pointer),
    ]
    new Int32Array(arena.memory.buffer, job + 8 * JOB_DOUBLES, words.length).set(words)
  }

  /** How many rows trees may draw. */
  get rows(): number {
    return this.#data.eligible.values.length
  }

  /** Sets what differs from tree to tree; then the kernel may run. */
  prepare(random: Random) {
    this.#seed[0] = random.integer(2 ** 32)
    this.#seed[1] = random.integer(2 ** 32)
    this.#numbers[1] = this.#data.target.mean
    this.#numbers[2] = this.#options.minLeafWeight
  }

  /** Copies the tree that the kernel has grown, its values multiplied. */
  read(nodes: number, scale: number): Tree {
    const { feature, threshold, left, missingLeft, cover } = this.#tree
    const { outputs } = this.#data.target
    const tree = {
      feature: feature.values.slice(0, nodes),
      threshold: new Float64Array(threshold.values.subarray(0, nodes)),
      left: left.values.slice(0, nodes),
      right: new Int32Array(nodes),
      missingLeft: missingLeft.values.slice(0, nodes),
      output: 0,
      width: outputs,
      value: this.#readValues(nodes, scale),
      cover: cover.values.slice(0, nodes),
    }
    for (let node = 0; node < nodes; node++) {
      if ((tree.feature[node] as number) < 0) clearLeaf(tree, node)
      else tree.right[node] = (tree.left[node] as number) + 1
    }
    const categories = this.#readCategories(tree)
    return categories.size === 0 ? tree : { ...tree, categories }
  }

  /** Adds what each column's splits have gained since the last call. */
  addImportance(importance: Float64Array) {
    const gains = this.#tree.importance.values
    const total = gains.reduce((sum, gain) => sum + gain, 0)
    gains.forEach((gain, column) => {
      if (total > 0) importance[column] = (importance[column] as number) + gain / total
    })
    gains.fill(0)
  }

  /** The rows that the tree did not see, in ascending order, into `list`; returns how many. */
  listUnseen(list: Int32Array): number {
    const pairs = this.#pairs.values
    let count = 0
    for (let row = 0; row < this.#data.table.rows; row++) if (pairs[2 * row] === 0) list[count++] = row
    return count
  }

  #readValues(nodes: number, scale: number): Float64Array {
    const { classes, outputs } = this.#data.target
    const { values } = this.#tree.value
    if (classes === outputs) {
      const scaled = values.slice(0, nodes * outputs)
      for (let i = 0; i < scaled.length; i++) scaled[i] = (scaled[i] as number) * scale
      return scaled
    }
    const both = new Float64Array(2 * nodes)
    for (let node = 0; node < nodes; node++) {
      both[2 * node] = (1 - (values[node] as number)) * scale
      both[2 * node + 1] = (values[node] as number) * scale
    }
    return both
  }

  #readCategories({ feature, threshold }: { feature: Int32Array; threshold: Float64Array }): Map<number, Int32Array> {
    const { columns } = this.#data.table
    const sets = this.#tree.sets.values
    const categories = new Map<number, Int32Array>()
    if (sets.length === 0) return categories
    feature.forEach((column, node) => {
      const binned = columns[column]
      if (binned?.kind !== 'category') return
      const first = 32 * (threshold[node] as number)
      const codes = binned.codes.filter((_, bin) => (((sets[first + (bin >> 3)] as number) >> (bin & 7)) & 1) === 1)
      categories.set(node, codes.sort())
      threshold[node] = 0
    })
    return categories
  }
}

function clearLeaf(tree: Pick<Tree, 'threshold' | 'left' | 'missingLeft'>, node: number) {
  tree.threshold[node] = 0
  tree.left[node] = 0
  tree.missingLeft[node] = 0
}

type TreeMemory = ReturnType<typeof layOutTree>

function layOutTree(arena: Arena, { table, eligible, target: { classes } }: ForestData) {
  const nodes = 2 * eligible.values.length
  const hasCategories = table.columns.some(({ kind }) => kind === 'category')
  return {
    feature: arena.int32(nodes),
    threshold: arena.float32(nodes),
    left: arena.int32(nodes),
    missingLeft: arena.bytes(nodes),
    value: arena.float64(nodes * classes),
    cover: arena.float64(nodes),
    sets: arena.bytes(hasCategories ? 16 * nodes : 0),
    importance: arena.float64(table.columns.length),
  }
}

function wordsOfData({ table, target, kinds, cuts, targets, weights, eligible }: ForestData): number[] {
  return [
    ...[table.bins.pointer, table.stride, table.columns.length, kinds.pointer, cuts.pointer],
    ...[targets.pointer, weights.pointer, eligible.pointer, eligible.values.length, target.classes],
  ]
}

function wordsOfOptions(options: GrowthOptions, columns: number): number[] {
  const { maxDepth, columnsPerSplit, bootstrap, randomThresholds } = options
  return [
    ...[Math.min(maxDepth, 2 ** 30), Math.min(columnsPerSplit, columns)], // infinity is no word
    ...[Number(bootstrap), Number(randomThresholds)],
  ]
}

function wordsOfTree({ feature, threshold, left, missingLeft, value, cover, sets, importance }: TreeMemory): number[] {
  const blocks = [feature, threshold, left, missingLeft, value, cover, sets]
  return [...blocks.map(({ pointer }) => pointer), 0, importance.pointer]
}

function wordsOfScratch(arena: Arena, { table, target: { classes } }: ForestData, pairs: Pointer): number[] {
  const rows = arena.allocate(4 * table.rows)
  const buffer = arena.allocate(4 * table.rows)
  const histogram = arena.allocate(256 * 8 * (1 + classes))
  const marks = arena.allocate(257 * 32)
  const [order, keys, sides] = [arena.allocate(256), arena.allocate(256 * 8), arena.allocate(256)]
  const drawn = arena.allocate(4 * table.columns.length)
  const stack = arena.allocate(16 * (table.rows + 1)) // a tree may be as deep as it has rows
  const sums = arena.allocate(16 * classes)
  return [rows, buffer, pairs, histogram, marks, order, keys, sides, drawn, stack, sums]
}
