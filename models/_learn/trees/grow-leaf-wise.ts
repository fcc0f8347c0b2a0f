import type { Arena } from '../kernels/arena.ts'
import type { Pointer } from '../kernels/kernels.ts'
import type { Team } from '../kernels/team.ts'
import { permutation, type Random } from '../random.ts'
import type { BinnedTable } from './binning.ts'
import { type Candidate, type Split, type SplitRules, SplitSearch, type Sums } from './find-split.ts'
import { Histograms, type Slot } from './histograms.ts'
import { type NodeRows, TrainingRows } from './training-rows.ts'
import type { Tree } from './tree.ts'
import { TreeBuilder } from './tree-builder.ts'

export interface LeafWiseRules extends SplitRules {
  maxLeaves: number
  maxDepth: number
  /** Least weight of training rows in a leaf. */
  minLeafWeight: number
  /** Least sum of hessians in a leaf. */
  minLeafHessian: number
  /** How many columns are looked at for each split, drawn anew. */
  columnsPerSplit: number
}

/** Bounds of the values below a node. */
type Bounds = Pick<Candidate, 'low' | 'high'>

interface Leaf extends Sums, Bounds {
  node: number
  depth: number
  rows: NodeRows
  weight: number
  value: number
  /** Its histogram, as long as it may be split. */
  slot: Slot | undefined
  split: Split | undefined
}

export interface GrownTree {
  tree: Tree
  /** The rows of each leaf, by its node. */
  leaves: ReadonlyMap<number, NodeRows>
  splits: ReadonlyMap<number, Split>
}

/** What one round of boosting grows its tree on. */
export interface Round {
  /** Rows that the tree sees: 1; all without it. */
  bag: Uint8Array | undefined
  /** Columns that the tree may ask for. */
  columns: readonly number[]
  random: Random
}

/**
 * Grows trees leaf by leaf, the one with the largest gain first (Shi 2007; LightGBM, Ke et al. 2017), on histograms of
 * gradients: the smaller child's is added up, the larger child's is what remains of its parent's.
 */
export class LeafWiseGrower {
  readonly rows: TrainingRows
  readonly #histograms: Histograms
  readonly #search: SplitSearch
  readonly #table: BinnedTable
  readonly #rules: LeafWiseRules
  readonly #arena: Arena
  readonly #weights: Pointer | undefined

  /** `pairs` are the gradient and hessian of each row, `weights` (32 bits) its weight where it is not 1. */
  constructor(arena: Arena, team: Team, table: BinnedTable, rules: LeafWiseRules, pairs: Pointer, weights?: Pointer) {
    this.rows = new TrainingRows(arena, team, table)
    this.#histograms = new Histograms(arena, team, table, this.rows, pairs)
    this.#search = new SplitSearch(table.columns, rules)
    this.#table = table
    this.#rules = rules
    this.#arena = arena
    this.#weights = weights
  }

  grow(round: Round): GrownTree {
    const builder = new TreeBuilder(this.#table.columns)
    const root = this.#root(round, builder)
    this.#lookAt(root, round)
    const leaves = new Set([root])
    for (let best = bestOf(leaves); best !== undefined; best = bestOf(leaves)) {
      leaves.delete(best)
      const mayGoOn = leaves.size + 2 < this.#rules.maxLeaves
      for (const child of this.#split(best, best.split, mayGoOn, builder)) {
        leaves.add(child)
        if (child.slot !== undefined) this.#lookAt(child, round)
      }
      if (!mayGoOn) break
    }
    for (const { slot } of leaves) if (slot !== undefined) this.#histograms.release(slot)
    const rowsOf = new Map(Array.from(leaves, ({ node, rows }) => [node, rows]))
    return { tree: builder.finish(), leaves: rowsOf, splits: builder.splits }
  }

  #root({ bag }: Round, builder: TreeBuilder): Leaf {
    const rows = this.rows.root(bag)
    const slot = this.#histograms.of(rows)
    let gradient = 0
    let hessian = 0
    for (let bin = 0; bin < 256; bin++) {
      gradient += slot.values[2 * bin] as number
      hessian += slot.values[2 * bin + 1] as number
    }
    const bounds = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
    return this.#leaf({ gradient, hessian, ...bounds }, rows, 0, slot, builder)
  }

  #leaf(sums: Sums & Bounds, rows: NodeRows, depth: number, slot: Slot | undefined, builder: TreeBuilder): Leaf {
    const weight = this.#weightOf(rows)
    const value = this.#search.leafValue(sums.gradient, sums.hessian, sums.low, sums.high)
    return { ...sums, rows, depth, weight, slot, value, node: builder.addLeaf(value, weight), split: undefined }
  }

  #weightOf(rows: NodeRows): number {
    if (this.#weights === undefined) return rows.count
    let sum = 0
    for (let member = 0; member < rows.counts.length; member++) {
      const pointer = this.rows.pointerOf(rows, member)
      sum += this.#arena.kernels.sumRows(pointer, rows.counts[member] as number, this.#weights)
    }
    return sum
  }

  /** Finds out how a leaf would be split, if it may. */
  #lookAt(leaf: Leaf, { columns, random }: Round) {
    const { minLeafWeight, minLeafHessian, columnsPerSplit } = this.#rules
    const { slot, weight, hessian } = leaf
    if (slot === undefined) return
    if (this.#maySplit(leaf)) {
      const drawn = columnsPerSplit < columns.length ? draw(columns, columnsPerSplit, random) : columns
      // Weights are judged by hessians, which a histogram has: exact where all hessians are the weights.
      const minHessian = Math.max(minLeafHessian, ((minLeafWeight * hessian) / weight) * (1 - 1e-9))
      leaf.split = this.#search.find({ ...leaf, histogram: slot.values, minHessian }, drawn)
    }
    if (leaf.split !== undefined) return
    this.#histograms.release(slot)
    leaf.slot = undefined
  }

  #maySplit({ depth, weight }: { depth: number; weight: number }): boolean {
    return depth < this.#rules.maxDepth && weight >= 2 * this.#rules.minLeafWeight
  }

  #split(leaf: Leaf, split: Split, mayGoOn: boolean, builder: TreeBuilder): [Leaf, Leaf] {
    const slot = leaf.slot as Slot // it has a split
    builder.addSplit(leaf.node, split, slot.values)
    const [leftRows, rightRows] = this.rows.split(leaf.rows, split.column, split.goesLeft)
    const right = { gradient: leaf.gradient - split.left.gradient, hessian: leaf.hessian - split.left.hessian }
    const [leftBounds, rightBounds] = this.#boundsBelow(leaf, split, right)
    const [leftSlot, rightSlot] = this.#slotsBelow(leaf, slot, leftRows, rightRows, mayGoOn)
    const depth = leaf.depth + 1
    const children: [Leaf, Leaf] = [
      this.#leaf({ ...split.left, ...leftBounds }, leftRows, depth, leftSlot, builder),
      this.#leaf({ ...right, ...rightBounds }, rightRows, depth, rightSlot, builder),
    ]
    builder.join(leaf.node, children[0].node, children[1].node)
    return children
  }

  /** Histograms of both children, if one of them may be split again. */
  #slotsBelow(leaf: Leaf, slot: Slot, left: NodeRows, right: NodeRows, mayGoOn: boolean): (Slot | undefined)[] {
    const depth = leaf.depth + 1
    const largest = Math.max(left.count, right.count)
    // With weights a count says nothing.
    const enough = this.#weights !== undefined || this.#maySplit({ depth, weight: largest })
    if (!mayGoOn || depth >= this.#rules.maxDepth || !enough) {
      this.#histograms.release(slot)
      return []
    }
    const leftIsSmaller = left.count <= right.count
    const smaller = this.#histograms.of(leftIsSmaller ? left : right)
    const larger = this.#histograms.subtract(slot, smaller)
    return leftIsSmaller ? [smaller, larger] : [larger, smaller]
  }

  /** Below a split on a monotone column, neither side may cross the middle between the two. */
  #boundsBelow({ low, high }: Leaf, { column, left }: Split, right: Sums): [Bounds, Bounds] {
    const direction = this.#rules.monotone[column] as number
    if (direction === 0)
      return [
        { low, high },
        { low, high },
      ]
    const leftValue = this.#search.leafValue(left.gradient, left.hessian, low, high)
    const rightValue = this.#search.leafValue(right.gradient, right.hessian, low, high)
    const middle = (leftValue + rightValue) / 2
    const below = { low, high: middle }
    const above = { low: middle, high }
    return direction > 0 ? [below, above] : [above, below]
  }
}

/** The rows of each leaf, when these rows fall through the tree. */
export function routeRows(
  rows: TrainingRows,
  root: NodeRows,
  tree: Tree,
  splits: ReadonlyMap<number, Split>,
): Map<number, NodeRows> {
  const nodes = new Map([[0, root]])
  for (const [node, { column, goesLeft }] of [...splits].sort(([a], [b]) => a - b)) {
    const [left, right] = rows.split(nodes.get(node) as NodeRows, column, goesLeft)
    nodes.set(tree.left[node] as number, left)
    nodes.set(tree.right[node] as number, right)
    nodes.delete(node)
  }
  return nodes
}

/** The leaf whose split gains most. */
function bestOf(leaves: ReadonlySet<Leaf>): (Leaf & { split: Split }) | undefined {
  let best: (Leaf & { split: Split }) | undefined
  for (const leaf of leaves) if (hasSplit(leaf) && !(best && best.split.gain >= leaf.split.gain)) best = leaf
  return best
}

function hasSplit(leaf: Leaf): leaf is Leaf & { split: Split } {
  return leaf.split !== undefined
}

function draw(columns: readonly number[], count: number, random: Random): number[] {
  return Array.from(permutation(columns.length, random).subarray(0, count).sort(), (i) => columns[i] as number)
}
