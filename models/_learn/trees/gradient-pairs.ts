import type { Arena, Block } from '../kernels/arena.ts'
import type { Pointer } from '../kernels/kernels.ts'
import { rangeOf, type Team } from '../kernels/team.ts'

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
  readonly #team: Team
  readonly #rows: number

  constructor(arena: Arena, team: Team, rows: number) {
    this.#team = team
    this.#rows = rows
    this.pointer = arena.allocate(8 * rows)
    this.gradients = arena.float32(rows)
    this.hessians = arena.float32(rows)
  }

  /** Takes over what was written to `gradients`, and to `hessians` unless all of them are 1. */
  update(hessiansAreOne: boolean) {
    const gradientMagic = this.#magic(this.gradients.pointer)
    const hessianMagic = hessiansAreOne ? 0 : this.#magic(this.hessians.pointer)
    this.#team.run('pairGradients', (member) => {
      const { first, count } = rangeOf(this.#team, member, this.#rows)
      const hessians = hessiansAreOne ? 0 : this.hessians.pointer + 4 * first
      const gradients = this.gradients.pointer + 4 * first
      return [gradients, gradientMagic, hessians, hessianMagic, count, this.pointer + 8 * first]
    })
  }

  /** A number so large that adding it leaves whole multiples of the unit, and taking it away again gives them back. */
  #magic(values: Pointer): number {
    const largests = this.#team.run('largestMagnitude', (member) => {
      const { first, count } = rangeOf(this.#team, member, this.#rows)
      return [values + 4 * first, count]
    })
    const largest = Math.max(...largests)
    if (!(largest > 0)) return 0
    return 1.5 * 2 ** (52 + Math.ceil(Math.log2(largest)) - DIGITS)
  }
}
