import type { Arena, Block } from '../kernels/arena.ts'
import { rangeOf, type Team } from '../kernels/team.ts'
import type { Matrix } from '../matrix.ts'
import type { Tree } from './tree.ts'

const NODE_BYTES = 16
/** Bits of the word that says which column is asked. */
const MISSING_LEFT = 0x80000000
const ASKS_CATEGORY = 0x40000000

/** Some rows of a table, row by row, with 32 bits, as every runtime reads them. */
export class WalkedTable {
  rows = 0
  readonly width: number
  readonly cells: Block<Float32Array>
  readonly #matrix: Matrix
  readonly #capacity: number

  constructor(arena: Arena, matrix: Matrix, capacity: number) {
    this.width = matrix.columns.length
    this.cells = arena.float32(capacity * this.width)
    this.#matrix = matrix
    this.#capacity = capacity
  }

  /** Lays out as many rows from `first` as there is room for. */
  layOut(first: number) {
    const { rows, columns } = this.#matrix
    const cells = this.cells.values
    this.rows = Math.min(this.#capacity, rows - first)
    columns.forEach((column, j) => {
      for (let row = 0, cell = j; row < this.rows; row++, cell += this.width)
        cells[cell] = column[first + row] as number
    })
  }
}

/** Rows in an order of one's own, out of a table's. */
export interface RowList {
  pointer: number
  values: Int32Array
}

/** Finds the leaves of many rows, the very ones that `leafOf` finds, and adds up their values; threads share the rows. */
export class TreeWalker {
  readonly #arena: Arena
  readonly #team: Team
  #nodes: Block<Int32Array> = { pointer: 0, values: new Int32Array() }
  /** The same words as floats. */
  #floats: Float32Array = new Float32Array()
  #values: Block<Float64Array> = { pointer: 0, values: new Float64Array() }

  constructor(arena: Arena, team: Team) {
    this.#arena = arena
    this.#team = team
  }

  /** Adds the tree's leaf values to its outputs among the `outputs` of each listed row, or of all rows. */
  add(tree: Tree, table: WalkedTable, predictions: Block<Float64Array>, outputs: number, list?: RowList) {
    this.#makeRoom(tree)
    this.#packNodes(tree)
    this.#packSets(tree)
    this.#values.values.set(tree.value)
    const rows = list?.values.length ?? table.rows
    this.#team.run('addTree', (member) => {
      const { first, count } = rangeOf(this.#team, member, rows)
      const skipped = list === undefined ? first : 0
      return [
        ...([this.#nodes.pointer, this.#values.pointer, tree.width] as const),
        ...([table.cells.pointer + 4 * table.width * skipped, 4 * table.width] as const),
        ...([list === undefined ? 0 : list.pointer + 4 * first, count] as const),
        ...([predictions.pointer + 8 * (tree.output + outputs * skipped), outputs] as const),
      ]
    })
  }

  #packNodes({ feature, threshold, left, right, missingLeft, width }: Tree) {
    const nodes = this.#nodes.values
    const floats = this.#floats
    for (let node = 0, word = 0; node < feature.length; node++, word += 4) {
      const column = feature[node] as number
      if (column < 0) {
        nodes[word] = node * width
        nodes[word + 1] = 0
        nodes[word + 2] = node * NODE_BYTES
        nodes[word + 3] = node * NODE_BYTES
      } else {
        floats[word] = threshold[node] as number
        nodes[word + 1] = (4 * column) | (missingLeft[node] === 1 ? MISSING_LEFT : 0)
        nodes[word + 2] = (left[node] as number) * NODE_BYTES
        nodes[word + 3] = (right[node] as number) * NODE_BYTES
      }
    }
  }

  /** Sets of categories lie after the nodes. */
  #packSets({ feature, categories }: Tree) {
    if (categories === undefined) return
    let end = 4 * feature.length
    for (const [node, codes] of categories) {
      this.#nodes.values[4 * node] = 4 * end
      this.#nodes.values[4 * node + 1] = (this.#nodes.values[4 * node + 1] as number) | ASKS_CATEGORY
      this.#nodes.values[end] = codes.length
      this.#floats.set(codes, end + 1)
      end += 1 + codes.length
    }
  }

  #makeRoom({ feature, value, categories }: Tree) {
    let words = 4 * feature.length
    for (const codes of categories?.values() ?? []) words += 1 + codes.length
    if (this.#nodes.values.length < words) {
      this.#nodes = this.#arena.int32(roomFor(words))
      const { buffer, byteOffset, length } = this.#nodes.values
      this.#floats = new Float32Array(buffer, byteOffset, length)
    }
    if (this.#values.values.length < value.length) this.#values = this.#arena.float64(roomFor(value.length))
  }
}

/** A power of two: what is outgrown stays in the arena, and so must at least double. */
function roomFor(count: number): number {
  return 2 ** Math.ceil(Math.log2(count))
}
