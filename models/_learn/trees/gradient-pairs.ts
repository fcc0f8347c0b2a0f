import type { Arena, Block } from '../kernels/arena.ts'
import type { Pointer } from '../kernels/kernels.ts'

/** Digits of a 32-bit float. */
const DIGITS = 23

/**
 * Gradients and hessians of all rows as the histograms add them up: pairs of 32-bit floats that are whole multiples of one
 * unit, 2^-23 of the largest. Sums of up to 2^29 of them are exact in 64 bits, so that trees depend neither on the order of
 * rows nor on the number of threads.
 */
export class GradientPairs {
  readonly pointer: Pointer
  readonly gradients: Block<Float32Array>
  readonly hessians: Block<Float32Array>
  readonly #arena: Arena
  readonly #rows: number

  constructor(arena: Arena, rows: number) {
    this.#arena = arena
    this.#rows = rows
    this.pointer = arena.allocate(8 * rows)
    this.gradients = arena.float32(rows)
    this.hessians = arena.float32(rows)
  }

  /** Takes over what was written to `gradients`, and to `hessians` unless all of them are 1. */
  update(hessiansAreOne: boolean) {
    this.#arena.kernels.pairGradients(
      this.gradients.pointer,
      this.#magic(this.gradients.pointer),
      hessiansAreOne ? 0 : this.hessians.pointer,
      hessiansAreOne ? 0 : this.#magic(this.hessians.pointer),
      this.#rows,
      this.pointer,
    )
  }

  /** A number so large that adding it leaves whole multiples of the unit, and taking it away again gives them back. */
  #magic(values: Pointer): number {
    const largest = this.#arena.kernels.largestMagnitude(values, this.#rows)
    if (!(largest > 0)) return 0
    return 1.5 * 2 ** (52 + Math.ceil(Math.log2(largest)) - DIGITS)
  }
}
