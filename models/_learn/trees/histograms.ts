import type { Arena } from '../kernels/arena.ts'
import type { Pointer } from '../kernels/kernels.ts'
import type { Team } from '../kernels/team.ts'
import type { BinnedTable } from './binning.ts'
import { COLUMN_NUMBERS } from './find-split.ts'
import type { NodeRows, TrainingRows } from './training-rows.ts'

/** A place for the histogram of a node. */
export interface Slot {
  pointer: Pointer
  values: Float64Array
}

/** Makes the histograms of nodes, in memory that is used again. */
export class Histograms {
  readonly #arena: Arena
  readonly #team: Team
  readonly #table: BinnedTable
  readonly #rows: TrainingRows
  readonly #pairs: Pointer
  readonly #numbers: number
  readonly #free: Slot[] = []
  /** What the other members of the team add up by themselves. */
  readonly #partial: Slot[]

  constructor(arena: Arena, team: Team, table: BinnedTable, rows: TrainingRows, pairs: Pointer) {
    this.#arena = arena
    this.#team = team
    this.#table = table
    this.#rows = rows
    this.#pairs = pairs
    this.#numbers = table.stride * COLUMN_NUMBERS
    this.#partial = Array.from({ length: team.size - 1 }, () => this.#allocate())
  }

  /** The histogram of a node's rows: for each column and bin, the sums of gradients and of hessians. */
  of(node: NodeRows): Slot {
    const slot = this.#free.pop() ?? this.#allocate()
    const slots = [slot, ...this.#partial]
    for (const { values } of slots) values.fill(0)
    const { bins, stride } = this.#table
    this.#team.run('addToHistogram', (member) => [
      this.#rows.pointerOf(node, member),
      node.counts[member] as number,
      bins.pointer,
      stride,
      this.#pairs,
      (slots[member] as Slot).pointer,
    ])
    const { kernels } = this.#arena
    for (const { pointer } of this.#partial) kernels.addPairs(slot.pointer, pointer, this.#numbers / 2)
    return slot
  }

  /** Turns a node's histogram into that of one child, by taking away the other's. */
  subtract(node: Slot, child: Slot): Slot {
    this.#arena.kernels.subtractPairs(node.pointer, node.pointer, child.pointer, this.#numbers / 2)
    return node
  }

  /** Gives a histogram back that nobody needs any more. */
  release(slot: Slot) {
    this.#free.push(slot)
  }

  #allocate(): Slot {
    return this.#arena.float64(this.#numbers)
  }
}
