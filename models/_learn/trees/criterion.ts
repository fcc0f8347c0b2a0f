import type { Block } from '../kernels/arena.ts'
import type { Pointer } from '../kernels/kernels.ts'

/** How a node is divided: bins that go left have a 1. */
export interface Split<Sums> {
  column: number
  gain: number
  goesLeft: Uint8Array
  left: Sums
  right: Sums
}

/** The kernels that add rows up by bins, and what they add. */
export interface HistogramKind<Values> {
  add: 'addToHistogram' | 'addSketches'
  merge: 'addPairs' | 'addWholes'
  subtract: 'subtractPairs' | 'subtractWholes'
  /** What each row adds. */
  addends: Pointer
  /** 16 or a multiple. */
  bytesPerBin: number
  allocate(bytes: number): Block<Values>
}

/** What a tree that grows must know: which sums over rows tell how good a split is. */
export interface Criterion<Values, Sums> {
  histogram: HistogramKind<Values>
  /** The sums over all rows of a histogram. */
  rootOf(histogram: Values): Sums
  /** The best split that is allowed, of a node with rows of this weight. */
  find(histogram: Values, sums: Sums, weight: number, columns: readonly number[]): Split<Sums> | undefined
  /** Are there rows in a bin? */
  occupied(histogram: Values, column: number, bin: number): boolean
  /** The value of a node, if leaves have one number and these sums tell it. */
  valueOf(sums: Sums): number
}
