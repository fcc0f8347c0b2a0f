import type { Random } from '../random.ts'
import { goesLeft, type Tree } from './tree.ts'

const EULER_GAMMA = 0.5772156649015329

/** The mean path length of an unsuccessful search in a binary tree of so many rows (Liu et al. 2008, equation 1). */
export function expectedPath(rows: number): number {
  if (rows <= 1) return 0
  if (rows === 2) return 1
  return 2 * (Math.log(rows - 1) + EULER_GAMMA) - (2 * (rows - 1)) / rows
}

/** A tree of random questions over `sample`; a node's value is the path length that is expected of a row that ends there. */
export function growIsolationTree(
  columns: readonly Float32Array[],
  isCategory: readonly boolean[],
  sample: Int32Array,
  random: Random,
): Tree {
  return new IsolationTreeGrower(columns, isCategory, sample, random).grow()
}

interface OpenNode {
  node: number
  start: number
  end: number
  depth: number
}

class IsolationTreeGrower {
  readonly #columns: readonly Float32Array[]
  readonly #isCategory: readonly boolean[]
  readonly #rows: Int32Array
  readonly #random: Random
  readonly #maxDepth: number
  /** Columns in the order in which the last question drew them. */
  readonly #drawn: Int32Array
  readonly #tree: Omit<Tree, 'categories'> & { categories: Map<number, Int32Array> }
  #nodes = 0

  constructor(columns: readonly Float32Array[], isCategory: readonly boolean[], sample: Int32Array, random: Random) {
    this.#columns = columns
    this.#isCategory = isCategory
    this.#rows = sample
    this.#random = random
    this.#maxDepth = Math.ceil(Math.log2(Math.max(sample.length, 2)))
    this.#drawn = Int32Array.from(columns.keys())
    const most = 2 * sample.length - 1
    this.#tree = {
      ...{ feature: new Int32Array(most).fill(-1), threshold: new Float64Array(most) },
      ...{ left: new Int32Array(most), right: new Int32Array(most), missingLeft: new Uint8Array(most) },
      ...{ categories: new Map(), output: 0, width: 1, value: new Float64Array(most), cover: new Float64Array(most) },
    }
  }

  grow(): Tree {
    const open = [this.#addNode(0, this.#rows.length, 0)]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { start, end, depth } = next
      if (depth >= this.#maxDepth || end - start < 2 || !this.#ask(next)) continue
      const middle = this.#divide(next)
      const left = this.#addNode(start, middle, depth + 1)
      const right = this.#addNode(middle, end, depth + 1)
      this.#tree.left[next.node] = left.node
      this.#tree.right[next.node] = right.node
      open.push(right, left)
    }
    return this.#finish()
  }

  #addNode(start: number, end: number, depth: number): OpenNode {
    const node = this.#nodes++
    this.#tree.value[node] = depth + expectedPath(end - start)
    this.#tree.cover[node] = end - start
    return { node, start, end, depth }
  }

  /** Draws columns until one tells the node's rows apart, and asks it something. */
  #ask({ node, start, end }: OpenNode): boolean {
    const drawn = this.#drawn
    for (let tried = 0; tried < drawn.length; tried++) {
      const other = tried + this.#random.integer(drawn.length - tried)
      const column = drawn[other] as number
      drawn[other] = drawn[tried] as number
      drawn[tried] = column
      const asked = this.#isCategory[column]
        ? this.#askForCategories(node, column, start, end)
        : this.#askForThreshold(node, column, start, end)
      if (!asked) continue
      this.#tree.feature[node] = column
      return true
    }
    return false
  }

  #askForThreshold(node: number, column: number, start: number, end: number): boolean {
    const values = this.#columns[column] as Float32Array
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (let i = start; i < end; i++) {
      const value = values[this.#rows[i] as number] as number
      if (value < low) low = value // never true of NaN
      if (value > high) high = value
    }
    if (!(low < high)) return false
    const threshold = Math.fround(low + this.#random.next() * (high - low))
    this.#tree.threshold[node] = threshold < high ? threshold : low
    return true
  }

  #askForCategories(node: number, column: number, start: number, end: number): boolean {
    const values = this.#columns[column] as Float32Array
    const codes = new Set<number>()
    for (let i = start; i < end; i++) {
      const value = values[this.#rows[i] as number] as number
      if (!Number.isNaN(value)) codes.add(value)
    }
    if (codes.size < 2) return false
    const shuffled = Int32Array.from(codes).sort()
    const count = 1 + this.#random.integer(shuffled.length - 1)
    for (let i = 0; i < count; i++) {
      const other = i + this.#random.integer(shuffled.length - i)
      const code = shuffled[other] as number
      shuffled[other] = shuffled[i] as number
      shuffled[i] = code
    }
    this.#tree.categories.set(node, shuffled.slice(0, count).sort())
    return true
  }

  /** Moves the rows that go left to the front; returns where the right side starts. The unknown go with the larger side. */
  #divide({ node, start, end }: OpenNode): number {
    const values = this.#columns[this.#tree.feature[node] as number] as Float32Array
    let balance = 0
    for (let i = start; i < end; i++) {
      const value = values[this.#rows[i] as number] as number
      if (!Number.isNaN(value)) balance += goesLeft(this.#tree, node, value) ? 1 : -1
    }
    this.#tree.missingLeft[node] = Number(balance > 0)
    let middle = start
    for (let i = start; i < end; i++) {
      const row = this.#rows[i] as number
      if (!goesLeft(this.#tree, node, values[row] as number)) continue
      this.#rows[i] = this.#rows[middle] as number
      this.#rows[middle++] = row
    }
    return middle
  }

  #finish(): Tree {
    const { feature, threshold, left, right, missingLeft, categories, output, width, value, cover } = this.#tree
    const nodes = this.#nodes
    return {
      ...{ feature: feature.slice(0, nodes), threshold: threshold.slice(0, nodes) },
      ...{ left: left.slice(0, nodes), right: right.slice(0, nodes), missingLeft: missingLeft.slice(0, nodes) },
      ...(categories.size > 0 && { categories }),
      ...{ output, width, value: value.slice(0, nodes), cover: cover.slice(0, nodes) },
    }
  }
}
