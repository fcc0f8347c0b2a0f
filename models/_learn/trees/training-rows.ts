import type { Arena, Block } from '../kernels/arena.ts'
import type { Pointer } from '../kernels/kernels.ts'
import { rangeOf, type Team } from '../kernels/team.ts'
import type { BinnedTable } from './binning.ts'

/** The rows of one node: for each member of the team a part of its list. */
export interface NodeRows {
  starts: Int32Array
  counts: Int32Array
  count: number
}

/**
 * Which rows are in which node of the tree that grows. Each member of the team has a range of the table and keeps its rows
 * in order, the rows of a node together.
 */
export class TrainingRows {
  readonly #team: Team
  readonly #table: BinnedTable
  readonly #rows: Block<Int32Array>
  readonly #scratch: Pointer
  readonly #goesLeft: Block<Uint8Array>
  /** First row of each member's range. */
  readonly #firsts: Int32Array

  constructor(arena: Arena, team: Team, table: BinnedTable) {
    this.#team = team
    this.#table = table
    this.#rows = arena.int32(table.rows)
    this.#scratch = arena.allocate(4 * table.rows + 64)
    this.#goesLeft = arena.bytes(256)
    this.#firsts = Int32Array.from({ length: team.size + 1 }, (_, member) => rangeOf(team, member, table.rows).first)
  }

  /** All rows, or those that `keeps` says, in one node. */
  root(keeps?: Uint8Array): NodeRows {
    const starts = this.#firsts.slice(0, -1)
    const counts = starts.map((start, member) => this.#fill(start, this.#firsts[member + 1] as number, keeps))
    return nodeRows(starts, counts)
  }

  #fill(start: number, end: number, keeps: Uint8Array | undefined): number {
    const rows = this.#rows.values
    let next = start
    for (let row = start; row < end; row++) {
      rows[next] = row
      next += keeps === undefined ? 1 : (keeps[row] as number)
    }
    return next - start
  }

  /** Divides a node's rows by the bins of a column. */
  split(node: NodeRows, column: number, goesLeft: Uint8Array): [left: NodeRows, right: NodeRows] {
    const { stride, bins } = this.#table
    this.#goesLeft.values.set(goesLeft)
    const lefts = this.#team.run('partitionRows', (member) => [
      this.pointerOf(node, member),
      node.counts[member] as number,
      bins.pointer + column,
      stride,
      this.#goesLeft.pointer,
      this.#scratch + 4 * (this.#firsts[member] as number),
    ])
    const left = nodeRows(node.starts, Int32Array.from(lefts))
    const starts = node.starts.map((start, member) => start + (left.counts[member] as number))
    return [
      left,
      nodeRows(
        starts,
        node.counts.map((count, member) => count - (left.counts[member] as number)),
      ),
    ]
  }

  pointerOf(node: NodeRows, member: number): Pointer {
    return this.#rows.pointer + 4 * (node.starts[member] as number)
  }

  /** The numbers of a node's rows, in the order of the table. */
  *rowsOf(node: NodeRows): Generator<number> {
    for (let member = 0; member < node.starts.length; member++) {
      const start = node.starts[member] as number
      const end = start + (node.counts[member] as number)
      for (let i = start; i < end; i++) yield this.#rows.values[i] as number
    }
  }
}

function nodeRows(starts: Int32Array, counts: Int32Array): NodeRows {
  return { starts, counts, count: counts.reduce((sum, count) => sum + count, 0) }
}
