import type { Arena, Block } from '../kernels/arena.ts'
import type { Pointer } from '../kernels/kernels.ts'
import type { Team } from '../kernels/team.ts'
import { drawSome, type Random } from '../random.ts'
import type { BinnedTable } from './binning.ts'
import type { Criterion, Split } from './criterion.ts'
import { Histograms } from './histograms.ts'
import { type NodeRows, TrainingRows } from './training-rows.ts'
import type { Tree } from './tree.ts'
import { TreeBuilder } from './tree-builder.ts'

export interface GrowthRules {
  maxLeaves: number
  maxDepth: number
  /** Least weight of training rows in a leaf. */
  minLeafWeight: number
  /** How many columns are looked at for each split, drawn anew. */
  columnsPerSplit: number
}

interface Leaf<Values, Sums> {
  node: number
  depth: number
  rows: NodeRows
  weight: number
  sums: Sums
  /** Its histogram, as long as it may be split. */
  histogram: Block<Values> | undefined
  split: Split<Sums> | undefined
}

export interface GrownTree {
  tree: Tree
  /** The rows of each leaf, by its node. */
  leaves: ReadonlyMap<number, NodeRows>
  /** How each inner node divides bins. */
  splits: ReadonlyMap<number, Pick<Split<unknown>, 'column' | 'goesLeft'>>
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
 * Grows trees leaf by leaf, the one with the largest gain first (Shi 2007; LightGBM, Ke et al. 2017), on histograms: the
 * smaller child's is added up, the larger child's is what remains of its parent's.
 */
export class LeafWiseGrower<Values extends Float64Array | Int32Array, Sums> {
  readonly rows: TrainingRows
  readonly #criterion: Criterion<Values, Sums>
  readonly #histograms: Histograms<Values>
  readonly #table: BinnedTable
  readonly #rules: GrowthRules
  readonly #arena: Arena
  readonly #weights: Pointer | undefined

  /** `weights` (32 bits) are the weights of rows where they are not 1. */
  constructor(
    arena: Arena,
    team: Team,
    table: BinnedTable,
    criterion: Criterion<Values, Sums>,
    rules: GrowthRules,
    weights?: Pointer,
  ) {
    this.rows = new TrainingRows(arena, team, table)
    this.#criterion = criterion
    this.#histograms = new Histograms(arena, team, table, this.rows, criterion.histogram)
    this.#table = table
    this.#rules = rules
    this.#arena = arena
    this.#weights = weights
  }

  grow(round: Round): GrownTree {
    const builder = new TreeBuilder(this.#table.columns)
    const leaves = new Set([this.#root(round, builder)])
    for (let best = bestOf(leaves); best !== undefined; best = bestOf(leaves)) {
      leaves.delete(best)
      const mayGoOn = leaves.size + 2 < this.#rules.maxLeaves
      for (const child of this.#split(best, best.split, mayGoOn, builder)) {
        leaves.add(child)
        this.#lookAt(child, round)
      }
      if (!mayGoOn) break
    }
    for (const { histogram } of leaves) if (histogram !== undefined) this.#histograms.release(histogram)
    const rowsOf = new Map(Array.from(leaves, ({ node, rows }) => [node, rows]))
    return { tree: builder.finish(), leaves: rowsOf, splits: builder.splits }
  }

  #root(round: Round, builder: TreeBuilder): Leaf<Values, Sums> {
    const rows = this.rows.root(round.bag)
    const histogram = this.#histograms.of(rows)
    const root = this.#leaf(this.#criterion.rootOf(histogram.values), rows, 0, histogram, builder)
    this.#lookAt(root, round)
    return root
  }

  #leaf(
    sums: Sums,
    rows: NodeRows,
    depth: number,
    histogram: Block<Values> | undefined,
    builder: TreeBuilder,
  ): Leaf<Values, Sums> {
    const weight = this.#weightOf(rows)
    const node = builder.addLeaf(this.#criterion.valueOf(sums), weight)
    return { node, depth, rows, weight, sums, histogram, split: undefined }
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
  #lookAt(leaf: Leaf<Values, Sums>, { columns, random }: Round) {
    const { histogram, sums, weight } = leaf
    if (histogram === undefined) return
    if (this.#maySplit(leaf.depth, weight)) {
      const { columnsPerSplit } = this.#rules
      const drawn = columnsPerSplit < columns.length ? drawSome(columns, columnsPerSplit, random) : columns
      leaf.split = this.#criterion.find(histogram.values, sums, weight, drawn)
    }
    if (leaf.split !== undefined) return
    this.#histograms.release(histogram)
    leaf.histogram = undefined
  }

  #maySplit(depth: number, weight: number): boolean {
    return depth < this.#rules.maxDepth && weight >= 2 * this.#rules.minLeafWeight
  }

  #split(leaf: Leaf<Values, Sums>, split: Split<Sums>, mayGoOn: boolean, builder: TreeBuilder) {
    const histogram = leaf.histogram as Block<Values> // it has a split
    const { column, goesLeft } = split
    const occupied = (bin: number) => this.#criterion.occupied(histogram.values, column, bin)
    builder.addSplit(leaf.node, split, occupied)
    const [leftRows, rightRows] = this.rows.split(leaf.rows, column, goesLeft)
    const depth = leaf.depth + 1
    const [ofLeft, ofRight] = this.#histogramsBelow(depth, histogram, leftRows, rightRows, mayGoOn)
    const left = this.#leaf(split.left, leftRows, depth, ofLeft, builder)
    const right = this.#leaf(split.right, rightRows, depth, ofRight, builder)
    builder.join(leaf.node, left.node, right.node)
    return [left, right]
  }

  /** Histograms of both children, if one of them may be split again. */
  #histogramsBelow(depth: number, parent: Block<Values>, left: NodeRows, right: NodeRows, mayGoOn: boolean) {
    const leftIsSmaller = left.count <= right.count
    // With weights a count says nothing.
    const enough = this.#weights !== undefined || this.#maySplit(depth, leftIsSmaller ? right.count : left.count)
    if (!mayGoOn || depth >= this.#rules.maxDepth || !enough) {
      this.#histograms.release(parent)
      return []
    }
    const smaller = this.#histograms.of(leftIsSmaller ? left : right)
    const larger = this.#histograms.subtract(parent, smaller)
    return leftIsSmaller ? [smaller, larger] : [larger, smaller]
  }
}

/** The rows of each leaf, when these rows fall through the tree. */
export function routeRows(
  rows: TrainingRows,
  root: NodeRows,
  tree: Tree,
  splits: GrownTree['splits'],
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

type SplitLeaf<Values, Sums> = Leaf<Values, Sums> & { split: Split<Sums> }

/** The leaf whose split gains most. */
function bestOf<Values, Sums>(leaves: ReadonlySet<Leaf<Values, Sums>>): SplitLeaf<Values, Sums> | undefined {
  let best: SplitLeaf<Values, Sums> | undefined
  for (const leaf of leaves) if (hasSplit(leaf) && !(best && best.split.gain >= leaf.split.gain)) best = leaf
  return best
}

function hasSplit<Values, Sums>(leaf: Leaf<Values, Sums>): leaf is SplitLeaf<Values, Sums> {
  return leaf.split !== undefined
}
