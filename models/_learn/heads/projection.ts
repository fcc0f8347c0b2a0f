import type { Arena } from '../kernels/arena.ts'
import type { Random } from '../random.ts'
import { createDense, createMultiply, type Dense, firstRows, type Multiply, transposed } from './dense.ts'

/** z = x W, or z = x + x W; W `[inputs, outputs]` is one matrix, or the product of two of a small rank. */
export interface ProjectionShape {
  inputs: number
  outputs: number
  residual: boolean
  rank?: number
}

/** A linear projection of rows in an arena, with its gradient. */
export class Projection {
  readonly parameters: Float32Array
  readonly gradient: Float32Array
  readonly factors: readonly Dense[]
  readonly #shape: ProjectionShape
  readonly #gradients: readonly Dense[]
  readonly #hidden: Dense
  readonly #hiddenGradient: Dense
  readonly #multiply: Multiply

  /** Room for `capacity` rows at a time. The factors are zeros until they are started or set. */
  constructor(arena: Arena, shape: ProjectionShape, capacity: number) {
    const { inputs, outputs, rank } = shape
    const sizes =
      rank === undefined ? [[inputs, outputs] as const] : [[inputs, rank] as const, [rank, outputs] as const]
    const total = sizes.reduce((sum, [rows, columns]) => sum + rows * columns, 0)
    const parameters = createDense(arena, 1, total)
    const gradient = createDense(arena, 1, total)
    this.parameters = parameters.values
    this.gradient = gradient.values
    this.factors = partition(parameters, sizes)
    this.#gradients = partition(gradient, sizes)
    this.#shape = shape
    this.#hidden = createDense(arena, capacity, rank ?? 0)
    this.#hiddenGradient = createDense(arena, capacity, rank ?? 0)
    this.#multiply = createMultiply(arena, Math.max(inputs, outputs, capacity))
  }

  /**
   * Random numbers that keep lengths, on average; what is added to x starts at zero, so that a residual projection begins
   * as the identity (as in LoRA, Hu et al., 2022).
   */
  start(random: Random) {
    this.factors.forEach(({ rows, values }, k) => {
      const last = k === this.factors.length - 1
      const bound = this.#shape.residual && last ? 0 : Math.sqrt(3 / rows)
      for (let i = 0; i < values.length; i++) values[i] = bound * (2 * random.next() - 1)
    })
  }

  /** Writes the projections of rows `[n, inputs]` to `output [n, outputs]`. */
  forward(input: Dense, output: Dense) {
    const [first, second] = this.factors
    if (first === undefined) return
    if (second === undefined) this.#multiply(input, first, output)
    else {
      const hidden = firstRows(this.#hidden, input.rows)
      this.#multiply(input, first, hidden)
      this.#multiply(hidden, second, output)
    }
    if (!this.#shape.residual) return
    const { values } = output
    for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) + (input.values[i] as number)
  }

  /** Writes the gradient by the factors, from that by the projections of the rows that `forward` has just seen. */
  backward(input: Dense, outputGradient: Dense) {
    const [, second] = this.factors
    const [firstGradient, secondGradient] = this.#gradients
    if (firstGradient === undefined) return
    if (second === undefined || secondGradient === undefined) {
      this.#multiply(transposed(input), outputGradient, firstGradient)
      return
    }
    const hiddenGradient = firstRows(this.#hiddenGradient, input.rows)
    this.#multiply(transposed(firstRows(this.#hidden, input.rows)), outputGradient, secondGradient)
    this.#multiply(outputGradient, transposed(second), hiddenGradient)
    this.#multiply(transposed(input), hiddenGradient, firstGradient)
  }
}

/** Matrices that lie one behind the other in a row. */
function partition(row: Dense, sizes: readonly (readonly [rows: number, columns: number])[]): Dense[] {
  let start = 0
  return sizes.map(([rows, columns]) => {
    const values = row.values.subarray(start, start + rows * columns)
    const matrix = { pointer: row.pointer + 4 * start, rows, columns, rowStep: columns, columnStep: 1, values }
    start += rows * columns
    return matrix
  })
}
