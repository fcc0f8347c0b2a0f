import type { Arena, Block } from '../kernels/arena.ts'
import type { Team } from '../kernels/team.ts'
import type { Matrix } from '../matrix.ts'
import type { ForestGrower } from './forest-grower.ts'
import type { Tree } from './tree.ts'
import { TreeWalker, WalkedTable } from './tree-walker.ts'

/** For each row the sum of the trees that did not see it. */
export class OutOfBag {
  readonly #walker: TreeWalker
  readonly #table: WalkedTable
  readonly #outputs: number
  readonly #sums: Block<Float64Array>
  readonly #counts: Int32Array
  readonly #unseen: Block<Int32Array>

  constructor(arena: Arena, team: Team, matrix: Matrix, outputs: number) {
    this.#walker = new TreeWalker(arena, team)
    this.#table = new WalkedTable(arena, matrix, matrix.rows)
    this.#table.layOut(0)
    this.#outputs = outputs
    this.#sums = arena.float64(matrix.rows * outputs)
    this.#counts = new Int32Array(matrix.rows)
    this.#unseen = arena.int32(matrix.rows)
  }

  /** Adds a tree that `grower` has just grown. */
  add(tree: Tree, grower: ForestGrower) {
    const count = grower.listUnseen(this.#unseen.values)
    const list = { pointer: this.#unseen.pointer, values: this.#unseen.values.subarray(0, count) }
    this.#walker.add(tree, this.#table, this.#sums, this.#outputs, list)
    for (const row of list.values) this.#counts[row] = (this.#counts[row] as number) + 1
  }

  /** The mean of the trees' values, each multiplied; NaN where every tree saw the row. */
  means(factor: number): Float64Array {
    const outputs = this.#outputs
    return Float64Array.from(
      this.#sums.values,
      (sum, i) => (sum * factor) / (this.#counts[Math.floor(i / outputs)] as number),
    )
  }
}
