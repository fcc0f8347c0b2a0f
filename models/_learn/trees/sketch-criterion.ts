import type { Arena, Block } from '../kernels/arena.ts'
import type { Pointer } from '../kernels/kernels.ts'
import { type BinnedColumn, MISSING_BIN, RARE_BIN } from './binning.ts'
import type { Criterion, HistogramKind, Split } from './criterion.ts'

/** Numbers of a sketch: the weight of its rows, and seven mixtures of their gradients. */
export const LANES = 8
const COLUMN_NUMBERS = 256 * LANES
/** Gains below this share of what there is are rounding: scores have 32 bits. */
const ROUNDING = 1e-5

export interface SketchRules {
  /** Added to the weight of each side, in rows. */
  l2: number
  /** Least weight of rows on each side. */
  minLeafWeight: number
}

/**
 * The split after which the gradients of many outputs agree most on each side, judged by a few random mixtures of them
 * instead of all (SketchBoost: Iosipoi & Vakhrushev 2022). Sketches are whole numbers: their sums are exact.
 */
export class SketchCriterion implements Criterion<Int32Array, Int32Array> {
  readonly histogram: HistogramKind<Int32Array>
  /** Units of a sketch's weight in a row of weight 1. */
  weightScale = 1
  readonly #arena: Arena
  readonly #columns: readonly BinnedColumn[]
  readonly #rules: SketchRules
  readonly #order: Block<Uint8Array>
  readonly #totals: Block<Int32Array>
  readonly #start: Block<Int32Array>
  /** The kernel's answer: a score, the cut, and the left side's sketch. */
  readonly #found: Block<Uint8Array>
  readonly #score: Float64Array
  readonly #cut: Int32Array
  readonly #left: Int32Array

  constructor(arena: Arena, columns: readonly BinnedColumn[], rules: SketchRules, sketches: Pointer) {
    this.#arena = arena
    this.#columns = columns
    this.#rules = rules
    this.#order = arena.bytes(256)
    this.#totals = arena.int32(LANES)
    this.#start = arena.int32(LANES)
    this.#found = arena.bytes(48)
    const { buffer, byteOffset } = this.#found.values
    this.#score = new Float64Array(buffer, byteOffset, 1)
    this.#cut = new Int32Array(buffer, byteOffset + 8, 1)
    this.#left = new Int32Array(buffer, byteOffset + 16, LANES)
    this.histogram = {
      ...({ add: 'addSketches', merge: 'addWholes', subtract: 'subtractWholes' } as const),
      addends: sketches,
      bytesPerBin: 4 * LANES,
      allocate: (bytes) => arena.int32(bytes / 4),
    }
  }

  rootOf(histogram: Int32Array): Int32Array {
    const sums = new Int32Array(LANES)
    for (let at = 0; at < COLUMN_NUMBERS; at++)
      sums[at % LANES] = (sums[at % LANES] as number) + (histogram[at] as number)
    return sums
  }

  occupied(histogram: Int32Array, column: number, bin: number): boolean {
    return histogram[column * COLUMN_NUMBERS + bin * LANES] !== 0
  }

  /** Leaves get their vectors later, from all gradients. */
  valueOf(): number {
    return 0
  }

  find(histogram: Int32Array, sums: Int32Array, _weight: number, columns: readonly number[]) {
    const parent = scoreOf(sums, this.#rules.l2 * this.weightScale)
    this.#totals.values.set(sums)
    this.#score[0] = parent * (1 + ROUNDING)
    let best: Split<Int32Array> | undefined
    for (const index of columns) {
      for (const attempt of this.#attempts(histogram, index)) {
        if (!this.#search(histogram, index, attempt)) continue
        best = this.#split(index, attempt, sums, (this.#score[0] as number) - parent)
      }
    }
    return best
  }

  /** Orders in which a column's bins may be cut: what is not known is tried on both sides. */
  #attempts(histogram: Int32Array, index: number): Attempt[] {
    const column = this.#columns[index] as BinnedColumn
    const missing = this.occupied(histogram, index, MISSING_BIN)
    if (column.kind === 'category') {
      const order = this.#categoryOrder(histogram, index)
      return [
        { order, cuts: order.length - 1, missingLeft: false },
        { order: order.toReversed(), cuts: order.length, missingLeft: false },
      ]
    }
    const order = ASCENDING.subarray(0, column.bins)
    const right = { order, cuts: missing ? column.bins : column.bins - 1, missingLeft: false }
    return missing ? [right, { order, cuts: column.bins - 1, missingLeft: true }] : [right]
  }

  /** By the first mixture of gradients (Fisher 1958), which is a random one. */
  #categoryOrder(histogram: Int32Array, index: number): Uint8Array {
    const ratio = (bin: number) => {
      const at = index * COLUMN_NUMBERS + bin * LANES
      return (histogram[at + 1] as number) / ((histogram[at] as number) + 10 * this.weightScale)
    }
    const bins = ASCENDING.filter((bin) => bin !== RARE_BIN && this.occupied(histogram, index, bin))
    return bins.sort((a, b) => ratio(a) - ratio(b) || a - b)
  }

  #search(histogram: Int32Array, index: number, { order, cuts, missingLeft }: Attempt): boolean {
    this.#order.values.set(order)
    const first = index * COLUMN_NUMBERS
    if (missingLeft) this.#start.values.set(histogram.subarray(first + MISSING_BIN * LANES, first + 256 * LANES))
    const minWeight = Math.max(1, Math.ceil(this.#rules.minLeafWeight * this.weightScale))
    const found = this.#arena.kernels.findSketchSplit(
      histogram.byteOffset + 4 * first,
      this.#order.pointer,
      cuts,
      this.#totals.pointer,
      missingLeft ? this.#start.pointer : 0,
      minWeight,
      this.#rules.l2 * this.weightScale,
      this.#found.pointer,
    )
    return found !== 0
  }

  #split(column: number, { order, missingLeft }: Attempt, sums: Int32Array, gain: number): Split<Int32Array> {
    const goesLeft = new Uint8Array(256)
    for (const bin of order.subarray(0, (this.#cut[0] as number) + 1)) goesLeft[bin] = 1
    if (missingLeft) goesLeft[MISSING_BIN] = 1
    const left = this.#left.slice()
    return { column, gain, goesLeft, left, right: sums.map((sum, lane) => sum - (left[lane] as number)) }
  }
}

interface Attempt {
  order: Uint8Array
  /** How many places there are to cut. */
  cuts: number
  missingLeft: boolean
}

const ASCENDING = Uint8Array.from({ length: 256 }, (_, bin) => bin)

function scoreOf(sums: Int32Array, l2: number): number {
  const squares = sums.subarray(1).reduce((sum, value) => sum + value * value, 0)
  return squares / ((sums[0] as number) + l2)
}
