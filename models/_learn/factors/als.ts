import { breathe, type TrainingControl } from '../control.ts'
import { Arena, type Block } from '../kernels/arena.ts'
import type { Pointer } from '../kernels/kernels.ts'
import { createRandom, type Random } from '../random.ts'
import { checkInteractions, type Interactions, transposeInteractions } from './als-interactions.ts'

/** score = user's factors . item's factors */
export interface AlsModel {
  users: number
  items: number
  factors: number
  /** Row-major: `users` rows of `factors` numbers. */
  userFactors: Float32Array
  itemFactors: Float32Array
  /** What the model was fitted with, so that new users can be. */
  regularization: number
  alpha: number
}

export interface AlsOptions extends TrainingControl {
  seed: number
  /** 32 by default. */
  factors?: number
  /** Penalty on the squared factors; 0.01 by default. */
  regularization?: number
  /** Confidence in an interaction that was counted once; 1, which is that in one that never was, by default. */
  alpha?: number
  /** Rounds over users and items; 15 by default. */
  iterations?: number
  /** Steps of conjugate gradients each time; 3 by default. */
  steps?: number
  /** Factors to start from, row-major, instead of random ones. */
  start?: { userFactors: Float32Array; itemFactors: Float32Array }
}

/**
 * Alternating least squares on implicit feedback (Hu, Koren & Volinsky, 2008, "Collaborative filtering for implicit feedback
 * datasets"): a user likes (1) the items that were met and not (0) the others, and is believed with a confidence of `alpha` times
 * the count, or 1. Each user's and item's factors take a few steps of conjugate gradients a round (Takács, Pilászy & Tikk, 2011,
 * "Applications of the conjugate gradient method for implicit feedback collaborative filtering"). What has no interactions gets
 * factors of 0.
 *
 * @throws Error that names the interaction or option that is wrong, or the signal's reason
 */
export async function fitAls(interactions: Interactions, options: AlsOptions): Promise<AlsModel> {
  const { factors = 32, regularization = 0.01, alpha = 1, iterations = 15, steps = 3, start } = options
  checkInteractions(interactions)
  checkOptions({ factors, iterations, steps }, { regularization, alpha })
  const { users, items } = interactions
  const random = createRandom(options.seed)
  const arena = new Arena()
  const solver = new AlsSolver(arena, factors, regularization, steps)
  const userSide = createSide(arena, interactions, alpha, factors)
  const itemSide = createSide(arena, transposeInteractions(interactions), alpha, factors)
  setFactors(userSide, factors, start?.userFactors ?? smallNumbers(users * factors, random))
  setFactors(itemSide, factors, start?.itemFactors ?? smallNumbers(items * factors, random))
  for (let round = 0; round < iterations; round++) {
    await solver.solve(userSide, itemSide, options.signal)
    await solver.solve(itemSide, userSide, options.signal)
    options.onProgress?.({ stage: 'rounds', done: round + 1, total: iterations })
  }
  const [userFactors, itemFactors] = [getFactors(userSide, factors), getFactors(itemSide, factors)]
  return { users, items, factors, userFactors, itemFactors, regularization, alpha }
}

/** Users or items with what they met. A row of factors is filled up with zeros to a multiple of four. */
interface Side {
  rows: number
  starts: Pointer
  columns: Pointer
  confidences: Pointer
  factors: Block<Float32Array>
}

/** Rows that are solved, or multiplied with each other, in one go. */
const RANGE = 512

/** Solves the factors of one side for those of the other. */
class AlsSolver {
  readonly #arena: Arena
  readonly #width: number
  readonly #regularization: number
  readonly #steps: number
  readonly #gram: Block<Float32Array>
  readonly #part: Block<Float32Array>
  readonly #panel: Pointer
  readonly #scratch: Pointer

  constructor(arena: Arena, factors: number, regularization: number, steps: number) {
    this.#arena = arena
    this.#width = padded(factors)
    this.#regularization = regularization
    this.#steps = steps
    this.#gram = arena.float32(this.#width ** 2)
    this.#part = arena.float32(this.#width ** 2)
    this.#panel = arena.allocate(4 * 8 * RANGE)
    this.#scratch = arena.allocate(4 * 3 * this.#width)
  }

  async solve(side: Side, others: Side, signal?: AbortSignal) {
    const bytes = 4 * this.#width
    this.#setGram(others)
    for (let first = 0; first < side.rows; first += RANGE) {
      if (first % (16 * RANGE) === 0) await breathe(signal)
      this.#arena.kernels.solveFactors(
        ...([side.starts + 4 * first, Math.min(RANGE, side.rows - first), side.columns, side.confidences] as const),
        ...([side.factors.pointer + bytes * first, others.factors.pointer, this.#gram.pointer] as const),
        ...([bytes, this.#steps, this.#scratch] as const),
      )
    }
  }

  /** The products of the columns of the factors, summed in 64 bits, and the regularisation on the diagonal. */
  #setGram({ rows, factors }: Side) {
    const width = this.#width
    const sums = new Float64Array(width * width)
    for (let i = 0; i < width; i++) sums[i * width + i] = this.#regularization
    for (let first = 0; first < rows; first += RANGE) {
      const block = factors.pointer + 4 * width * first
      this.#arena.kernels.multiplyMatrices(
        ...([block, 1, width, block, width, 1, this.#part.pointer] as const),
        ...([width, Math.min(RANGE, rows - first), width, this.#panel] as const),
      )
      for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + (this.#part.values[i] as number)
    }
    this.#gram.values.set(sums)
  }
}

function createSide(arena: Arena, interactions: Interactions, alpha: number, factors: number): Side {
  const { users: rows, starts, itemOf, counts } = interactions
  const ofStarts = arena.int32(starts.length)
  const columns = arena.int32(itemOf.length)
  const confidences = arena.float32(counts.length)
  ofStarts.values.set(starts)
  columns.values.set(itemOf)
  for (let i = 0; i < counts.length; i++) confidences.values[i] = alpha * (counts[i] as number)
  return {
    rows,
    starts: ofStarts.pointer,
    columns: columns.pointer,
    confidences: confidences.pointer,
    factors: arena.float32(rows * padded(factors)),
  }
}

function setFactors(side: Side, factors: number, values: Float32Array) {
  if (values.length !== side.rows * factors)
    throw new Error(`${side.rows} rows of ${factors} factors start from ${values.length} numbers`)
  for (let row = 0; row < side.rows; row++)
    side.factors.values.set(values.subarray(row * factors, (row + 1) * factors), row * padded(factors))
}

function getFactors(side: Side, factors: number): Float32Array {
  const values = new Float32Array(side.rows * factors)
  for (let row = 0; row < side.rows; row++) {
    const at = row * padded(factors)
    values.set(side.factors.values.subarray(at, at + factors), row * factors)
  }
  return values
}

function padded(factors: number): number {
  return 4 * Math.ceil(factors / 4)
}

function smallNumbers(length: number, random: Random): Float32Array {
  return Float32Array.from({ length }, () => random.next() * 0.01)
}

function checkOptions(whole: Record<string, number>, positive: Record<string, number>) {
  for (const [name, value] of Object.entries(whole))
    if (!Number.isInteger(value) || value < 1) throw new Error(`${name} must be a positive whole number, got ${value}`)
  for (const [name, value] of Object.entries(positive))
    if (!(value > 0 && value < Infinity)) throw new Error(`${name} must be a positive number, got ${value}`)
}
