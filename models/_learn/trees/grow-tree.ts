import type { Random } from '../random.ts'
import { createGrowingTree, finishTree, type GrowingTree } from './growing-tree.ts'
import type { Presorted } from './presort.ts'
import { type NodeRows, SplitSearch } from './split-search.ts'
import type { Tree } from './tree.ts'

export interface TreeOptions {
  maxDepth: number
  /** Least weight of training rows in a leaf. */
  minLeafWeight: number
  /** How many columns are looked at for each split, chosen at random; columns that cannot split are not counted. */
  columnsPerSplit: number
}

interface Node extends NodeRows {
  index: number
  depth: number
}

/**
 * Grows one regression tree on the rows with a positive weight. Each column's rows are kept sorted and are divided, in
 * order, at every split: a level costs columns x rows, whatever the number of nodes.
 */
export function growTree(
  table: Presorted,
  targets: Float64Array,
  weights: Float64Array,
  options: TreeOptions,
  random: Random,
): Tree {
  return new TreeGrower(table, targets, weights, options, random).grow()
}

class TreeGrower {
  readonly #columns: Presorted['columns']
  readonly #options: TreeOptions
  readonly #random: Random
  readonly #search: SplitSearch
  readonly #sorted: Int32Array[]
  readonly #goesLeft: Uint8Array
  readonly #buffer: Int32Array
  /** The columns in the order in which the last split drew them. */
  readonly #drawn: Int32Array
  readonly #root: NodeRows
  /** The mean of all targets: sums of squares keep their digits when targets are taken from it. */
  readonly #mean: number
  readonly #minGain: number
  readonly #tree: GrowingTree = createGrowingTree()

  constructor(
    { rows, columns, order }: Presorted,
    targets: Float64Array,
    weights: Float64Array,
    options: TreeOptions,
    random: Random,
  ) {
    this.#columns = columns
    this.#options = options
    this.#random = random
    this.#sorted = order.map((all) => keepWeighted(all, weights))
    const used = this.#sorted[0] ?? new Int32Array()
    if (used.length === 0) throw new Error('a tree needs a row with a positive weight')
    this.#goesLeft = new Uint8Array(rows)
    this.#buffer = new Int32Array(used.length)
    this.#drawn = new Int32Array(columns.length)
    for (let column = 0; column < columns.length; column++) this.#drawn[column] = column
    let weight = 0
    let sum = 0
    for (let i = 0; i < used.length; i++) {
      const row = used[i] as number
      weight += weights[row] as number
      sum += (weights[row] as number) * (targets[row] as number)
    }
    this.#mean = sum / weight
    this.#root = { start: 0, end: used.length, weight, target: 0 }
    const weightedTargets = new Float64Array(rows)
    let squares = 0
    for (let i = 0; i < used.length; i++) {
      const row = used[i] as number
      const deviation = (targets[row] as number) - this.#mean
      weightedTargets[row] = (weights[row] as number) * deviation
      squares += (weights[row] as number) * deviation * deviation
    }
    // Less than this is rounding.
    this.#minGain = squares * 1e-12 + weight * (this.#mean * 1e-12) ** 2
    this.#search = new SplitSearch(columns, weights, weightedTargets, options.minLeafWeight)
  }

  grow(): Tree {
    const stack: Node[] = [this.#addNode(this.#root, 0)]
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (!this.#maySplit(node)) continue
      const children = this.#split(node)
      if (children !== undefined) stack.push(children[1], children[0])
    }
    return finishTree(this.#tree)
  }

  #addNode(rows: NodeRows, depth: number): Node {
    const { feature, threshold, left, right, missingLeft, value, cover } = this.#tree
    feature.push(-1)
    threshold.push(0)
    left.push(0)
    right.push(0)
    missingLeft.push(0)
    value.push(this.#mean + rows.target / rows.weight)
    cover.push(rows.weight)
    return { ...rows, index: feature.length - 1, depth }
  }

  #maySplit({ depth, weight }: Node): boolean {
    return depth < this.#options.maxDepth && weight >= 2 * this.#options.minLeafWeight
  }

  #split(node: Node): [Node, Node] | undefined {
    const search = this.#search
    this.#searchColumns(node)
    if (search.feature < 0) return undefined
    const { index, start, end, depth } = node
    const middle = this.#markSides(node)
    const { leftWeight, leftTarget } = search
    const left = this.#addNode({ start, end: middle, weight: leftWeight, target: leftTarget }, depth + 1)
    const rightRows = { start: middle, end, weight: node.weight - leftWeight, target: node.target - leftTarget }
    const right = this.#addNode(rightRows, depth + 1)
    if (this.#maySplit(left) || this.#maySplit(right)) this.#divide(node)
    this.#tree.feature[index] = search.feature
    this.#tree.threshold[index] = search.threshold
    this.#tree.missingLeft[index] = Number(search.missingLeft)
    this.#tree.left[index] = left.index
    this.#tree.right[index] = right.index
    return [left, right]
  }

  #searchColumns(node: Node) {
    const { columnsPerSplit } = this.#options
    const count = this.#columns.length
    this.#search.begin(node, this.#minGain)
    for (let tried = 0, usable = 0; tried < count && usable < columnsPerSplit; tried++) {
      const feature = columnsPerSplit >= count ? tried : this.#drawColumn(tried)
      if (this.#search.consider(feature, this.#sorted[feature] as Int32Array, node)) usable++
    }
  }

  /** One step of a shuffle: a column that was not among the first `tried`. */
  #drawColumn(tried: number): number {
    const drawn = this.#drawn
    const other = tried + this.#random.integer(drawn.length - tried)
    const column = drawn[other] as number
    drawn[other] = drawn[tried] as number
    drawn[tried] = column
    return column
  }

  /** Notes the side of each of the node's rows; returns where the right side will start. */
  #markSides({ start, end }: Node): number {
    const { feature, threshold, missingLeft } = this.#search
    const column = this.#columns[feature] as Float32Array
    const rows = this.#sorted[feature] as Int32Array
    let middle = start
    for (let i = start; i < end; i++) {
      const row = rows[i] as number
      const value = column[row] as number
      const left = Number(Number.isNaN(value) ? missingLeft : value <= threshold)
      this.#goesLeft[row] = left
      middle += left
    }
    return middle
  }

  /** Moves the rows that go left to the front of the node's part of every column, keeping them sorted. */
  #divide({ start, end }: Node) {
    for (const sorted of this.#sorted) {
      let left = start
      let right = 0
      for (let i = start; i < end; i++) {
        const row = sorted[i] as number
        if (this.#goesLeft[row] === 1) sorted[left++] = row
        else this.#buffer[right++] = row
      }
      for (let i = 0; i < right; i++) sorted[left + i] = this.#buffer[i] as number
    }
  }
}

function keepWeighted(order: Int32Array, weights: Float64Array): Int32Array {
  const kept = new Int32Array(order.length)
  let count = 0
  for (let i = 0; i < order.length; i++) {
    const row = order[i] as number
    if ((weights[row] as number) > 0) kept[count++] = row
  }
  return kept.subarray(0, count)
}
