import type { Arena, Block } from '../kernels/arena.ts'
import type { Matrix } from '../matrix.ts'
import { leafOf, roundTo32Bits, type Tree } from './tree.ts'

const NODE_BYTES = 16
/** The highest bit of the word that says which column is asked: NaN goes left. */
const MISSING_LEFT = 0x80000000

/** Some rows of a table, with 32 bits, as every runtime reads them: by rows for the kernel, by columns for other trees. */
export class WalkedTable {
  rows = 0
  readonly width: number
  readonly cells: Block<Float32Array>
  readonly #matrix: Matrix
  readonly #capacity: number
  #first = 0
  #rounded: readonly Float32Array[] | undefined

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
    this.#first = first
    this.rows = Math.min(this.#capacity, rows - first)
    columns.forEach((column, j) => {
      for (let row = 0, cell = j; row < this.rows; row++, cell += this.width)
        cells[cell] = column[first + row] as number
    })
  }

  /** The same rows by columns; rounded once, and only when somebody asks. */
  get columns(): readonly Float32Array[] {
    this.#rounded ??= this.#matrix.columns.map(roundTo32Bits)
    return this.#rounded.map((column) => column.subarray(this.#first, this.#first + this.rows))
  }
}

/** Rows in an order of one's own, out of a table's. */
export interface RowList {
  pointer: number
  values: Int32Array
}

/**
 * Finds the leaves of many rows and adds up their values. Trees that ask for numbers only are packed and walked by a kernel,
 * which goes exactly where `leafOf` goes; others walk in plain TypeScript.
 */
export class TreeWalker {
  readonly #arena: Arena
  #nodes: Block<Int32Array> = { pointer: 0, values: new Int32Array() }
  #thresholds: Float32Array = new Float32Array()
  #values: Block<Float64Array> = { pointer: 0, values: new Float64Array() }

  constructor(arena: Arena) {
    this.#arena = arena
  }

  /** Adds the tree's leaf values to its outputs among the `outputs` of each listed row, or of all rows. */
  add(tree: Tree, table: WalkedTable, predictions: Block<Float64Array>, outputs: number, list?: RowList) {
    if (tree.categories !== undefined && tree.categories.size > 0) {
      addInTypeScript(tree, table.columns, predictions.values, outputs, list?.values ?? table.rows)
      return
    }
    this.#pack(tree)
    this.#arena.kernels.addTree(
      this.#nodes.pointer,
      this.#values.pointer,
      tree.width,
      table.cells.pointer,
      4 * table.width,
      list?.pointer ?? 0,
      list?.values.length ?? table.rows,
      predictions.pointer + 8 * tree.output,
      outputs,
    )
  }

  #pack({ feature, threshold, left, right, missingLeft, value }: Tree) {
    this.#makeRoom(feature.length, value.length)
    const nodes = this.#nodes.values
    const thresholds = this.#thresholds
    const width = value.length / feature.length
    for (let node = 0, word = 0; node < feature.length; node++, word += 4) {
      const column = feature[node] as number
      if (column < 0) {
        nodes[word] = node * width
        nodes[word + 1] = 0
        nodes[word + 2] = node * NODE_BYTES
        nodes[word + 3] = node * NODE_BYTES
      } else {
        thresholds[word] = threshold[node] as number
        nodes[word + 1] = (4 * column) | (missingLeft[node] === 1 ? MISSING_LEFT : 0)
        nodes[word + 2] = (left[node] as number) * NODE_BYTES
        nodes[word + 3] = (right[node] as number) * NODE_BYTES
      }
    }
    this.#values.values.set(value)
  }

  #makeRoom(nodes: number, values: number) {
    if (this.#nodes.values.length < 4 * nodes) {
      this.#nodes = this.#arena.int32(4 * roomFor(nodes))
      const { buffer, byteOffset, length } = this.#nodes.values
      this.#thresholds = new Float32Array(buffer, byteOffset, length)
    }
    if (this.#values.values.length < values) this.#values = this.#arena.float64(roomFor(values))
  }
}

/** A power of two: what is outgrown stays in the arena, and so must at least double. */
function roomFor(count: number): number {
  return 2 ** Math.ceil(Math.log2(count))
}

/** The same, node by node; `rows` are their numbers, or how many there are. */
export function addInTypeScript(
  tree: Tree,
  columns: Matrix['columns'],
  predictions: Float64Array,
  outputs: number,
  rows: Int32Array | number,
) {
  const { width, output, value } = tree
  const count = typeof rows === 'number' ? rows : rows.length
  for (let i = 0; i < count; i++) {
    const row = typeof rows === 'number' ? i : (rows[i] as number)
    const leaf = leafOf(tree, columns, row)
    const first = row * outputs + output
    for (let j = 0; j < width; j++)
      predictions[first + j] = (predictions[first + j] as number) + (value[leaf * width + j] as number)
  }
}
