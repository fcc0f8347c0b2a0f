import { Arena } from '../kernels/arena.ts'
import { createDense, createMultiply, type Dense, firstRows, type Multiply, transposed } from './dense.ts'
import { type Embeddings, normaliseRow } from './embeddings.ts'
import { infoNce, meanReciprocalRank, type PairLogits, type PairRelations } from './info-nce.ts'
import { Projection, type ProjectionShape } from './projection.ts'

/** Vectors that are paired row by row, and what is known of the pairs. */
export interface RelatedPairs extends PairRelations {
  anchors: Embeddings
  items: Embeddings
}

/** The loss of a projection on a batch of pairs, and its gradient: logits are the cosines of projected pairs over the temperature. */
export class ContrastiveObjective {
  readonly projection: Projection
  /** The logarithm of 1 / temperature. */
  readonly logScale: Float64Array
  readonly logScaleGradient = new Float64Array(1)
  readonly #pairs: RelatedPairs
  readonly #input: Dense
  readonly #output: Dense
  readonly #outputGradient: Dense
  readonly #logits: Dense
  readonly #logitGradient: Dense
  readonly #lengths: Float64Array
  readonly #multiply: Multiply

  /** For batches of up to `capacity` pairs. */
  constructor(pairs: RelatedPairs, shape: ProjectionShape, capacity: number, temperature: number) {
    const arena = new Arena()
    this.projection = new Projection(arena, shape, 2 * capacity)
    this.logScale = Float64Array.of(-Math.log(temperature))
    this.#pairs = pairs
    this.#input = createDense(arena, 2 * capacity, shape.inputs)
    this.#output = createDense(arena, 2 * capacity, shape.outputs)
    this.#outputGradient = createDense(arena, 2 * capacity, shape.outputs)
    this.#logits = createDense(arena, 1, capacity ** 2)
    this.#logitGradient = createDense(arena, 1, capacity ** 2)
    this.#lengths = new Float64Array(2 * capacity)
    this.#multiply = createMultiply(arena, Math.max(shape.outputs, capacity))
  }

  get scale(): number {
    return Math.exp(this.logScale[0] ?? 0)
  }

  /** The loss of these pairs. */
  loss(rows: Int32Array): number {
    const logits = this.#logitsOf(rows)
    return infoNce(logits, this.#relationsOf(rows), square(this.#logitGradient, rows.length).values)
  }

  /** How well the items of these pairs are found: between 0 and 1. */
  reciprocalRank(rows: Int32Array): number {
    return meanReciprocalRank(this.#logitsOf(rows), this.#relationsOf(rows))
  }

  /** The loss of these pairs; its gradient is left in `projection.gradient` and `logScaleGradient`. */
  lossAndGradient(rows: Int32Array): number {
    const loss = this.loss(rows)
    const size = rows.length
    const logits = square(this.#logits, size).values
    const gradient = square(this.#logitGradient, size)
    let slope = 0
    for (let i = 0; i < size ** 2; i++) slope += (logits[i] as number) * (gradient.values[i] as number)
    this.logScaleGradient[0] = slope
    const output = firstRows(this.#output, 2 * size)
    const outputGradient = firstRows(this.#outputGradient, 2 * size)
    this.#multiply(gradient, rowsFrom(output, size, size), rowsFrom(outputGradient, 0, size))
    this.#multiply(transposed(gradient), rowsFrom(output, 0, size), rowsFrom(outputGradient, size, size))
    for (let row = 0; row < 2 * size; row++)
      throughNormalisation(output, outputGradient, row, this.scale / (this.#lengths[row] as number))
    this.projection.backward(firstRows(this.#input, 2 * size), outputGradient)
    return loss
  }

  #logitsOf(rows: Int32Array): PairLogits {
    const size = rows.length
    const output = firstRows(this.#output, 2 * size)
    this.projection.forward(this.#gather(rows), output)
    for (let row = 0; row < 2 * size; row++)
      this.#lengths[row] = normaliseRow(output.values, row * output.columns, output.columns)
    const logits = square(this.#logits, size)
    this.#multiply(rowsFrom(output, 0, size), transposed(rowsFrom(output, size, size)), logits)
    const { values } = logits
    const { scale } = this
    for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) * scale
    return { size, values }
  }

  #relationsOf(rows: Int32Array): PairRelations {
    const { feedback, labels, weights } = this.#pairs
    return {
      feedback: Int8Array.from(rows, (row) => feedback[row] ?? 1),
      labels: Int32Array.from(rows, (row) => labels[row] ?? 0),
      weights: Float64Array.from(rows, (row) => weights[row] ?? 0),
    }
  }

  /** The anchors of the pairs, then their items. */
  #gather(rows: Int32Array): Dense {
    const input = firstRows(this.#input, 2 * rows.length)
    for (const [half, { width, values }] of [this.#pairs.anchors, this.#pairs.items].entries())
      rows.forEach((row, i) => {
        input.values.set(values.subarray(row * width, (row + 1) * width), (half * rows.length + i) * width)
      })
    return input
  }
}

/** Turns the gradient by y = z / |z| into that by z, times a factor: what points along y has no effect. */
function throughNormalisation(output: Dense, gradient: Dense, row: number, factor: number) {
  const start = row * output.columns
  const end = start + output.columns
  let along = 0
  for (let j = start; j < end; j++) along += (output.values[j] as number) * (gradient.values[j] as number)
  for (let j = start; j < end; j++)
    gradient.values[j] = factor * ((gradient.values[j] as number) - along * (output.values[j] as number))
}

function square(room: Dense, size: number): Dense {
  return { ...room, rows: size, columns: size, rowStep: size, values: room.values.subarray(0, size ** 2) }
}

function rowsFrom(matrix: Dense, first: number, rows: number): Dense {
  const start = first * matrix.columns
  const values = matrix.values.subarray(start, start + rows * matrix.columns)
  return { ...matrix, pointer: matrix.pointer + 4 * start, rows, values }
}
