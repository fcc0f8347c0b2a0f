import type { Arena, Block } from '../kernels/arena.ts'
import type { Team } from '../kernels/team.ts'
import type { BinnedTable } from './binning.ts'
import type { HistogramKind } from './criterion.ts'
import type { NodeRows, TrainingRows } from './training-rows.ts'

/** Makes the histograms of nodes, in memory that is used again. */
export class Histograms<Values extends Float64Array | Int32Array> {
  readonly #arena: Arena
  readonly #team: Team
  readonly #table: BinnedTable
  readonly #rows: TrainingRows
  readonly #kind: HistogramKind<Values>
  readonly #bytes: number
  readonly #free: Block<Values>[] = []
  /** What the other members of the team add up by themselves. */
  readonly #partial: Block<Values>[]

  constructor(arena: Arena, team: Team, table: BinnedTable, rows: TrainingRows, kind: HistogramKind<Values>) {
    this.#arena = arena
    this.#team = team
    this.#table = table
    this.#rows = rows
    this.#kind = kind
    this.#bytes = table.stride * 256 * kind.bytesPerBin
    this.#partial = Array.from({ length: team.size - 1 }, () => kind.allocate(this.#bytes))
  }

  /** The histogram of a node's rows: for each column and bin, the sum of what its rows add. */
  of(node: NodeRows): Block<Values> {
    const sum = this.#free.pop() ?? this.#kind.allocate(this.#bytes)
    const parts = [sum, ...this.#partial]
    for (const { values } of parts) values.fill(0)
    const { bins, stride } = this.#table
    const { add, merge, addends } = this.#kind
    this.#team.run(add, (member) => [
      this.#rows.pointerOf(node, member),
      node.counts[member] as number,
      bins.pointer,
      stride,
      addends,
      (parts[member] as Block<Values>).pointer,
    ])
    for (const { pointer } of this.#partial) this.#arena.kernels[merge](sum.pointer, pointer, this.#bytes / 16)
    return sum
  }

  /** Turns a node's histogram into that of one child, by taking away the other's. */
  subtract(node: Block<Values>, child: Block<Values>): Block<Values> {
    this.#arena.kernels[this.#kind.subtract](node.pointer, node.pointer, child.pointer, this.#bytes / 16)
    return node
  }

  /** Gives a histogram back that nobody needs any more. */
  release(histogram: Block<Values>) {
    this.#free.push(histogram)
  }
}
