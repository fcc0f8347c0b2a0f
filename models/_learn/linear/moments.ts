import { breathe, type TrainingControl } from '../control.ts'
import { Arena } from '../kernels/arena.ts'
import type { Matrix } from '../matrix.ts'

/** The weighted means of columns, and the weighted sums of products of what is left of them. */
export interface Moments {
  means: Float64Array
  /** `size x size`, symmetric: the sum over rows of weight x (a - mean a) x (b - mean b). */
  products: Float64Array
  size: number
}

/** Numbers that stay in the cache while all their products are taken. */
const BLOCK_NUMBERS = 32_768
/** Multiplications between two breaths. */
const STRETCH = 2e7
const TOO_LARGE = 'the numbers of a column are too large to be squared: scale them'

/**
 * Passes twice over the rows: for the means, then for the products of centred columns, which keeps digits that the difference of
 * two large sums would lose. Time grows with rows x columns^2.
 */
export async function momentsOf(
  columns: Matrix['columns'],
  weights: Float64Array,
  { signal, onProgress }: TrainingControl = {},
): Promise<Moments> {
  const size = columns.length
  const rows = weights.length
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0)
  const means = Float64Array.from(columns, (column) => weightedMean(column, weights, totalWeight))
  const roots = weights.map(Math.sqrt)
  const arena = new Arena()
  const stride = Math.ceil(size / 4) * 4 // what is missing to whole tiles is zero
  const products = arena.float64(stride * stride)
  const length = 2 * Math.ceil(Math.min(rows, Math.max(64, Math.floor(BLOCK_NUMBERS / stride))) / 2)
  const block = arena.float64(stride * length)
  let work = 0
  for (let start = 0; start < rows; start += length) {
    const count = Math.min(length, rows - start)
    columns.forEach((column, j) => {
      centre(column, means[j] as number, roots, start, count, block.values.subarray(j * length, (j + 1) * length))
    })
    arena.kernels.addProducts(block.pointer, length, length, stride, products.pointer)
    work += count * size * size
    if (work < STRETCH) continue
    work = 0
    onProgress?.({ stage: 'rows', done: start + count, total: rows })
    await breathe(signal)
  }
  if (!products.values.every(Number.isFinite)) throw new Error(TOO_LARGE)
  return { means, products: mirrored(products.values, stride, size), size }
}

/** Two sums at once: neither waits for the other's last addition. */
function weightedMean(values: ArrayLike<number>, weights: Float64Array, totalWeight: number): number {
  let even = 0
  let odd = 0
  let i = 0
  for (; i + 1 < weights.length; i += 2) {
    even += (weights[i] as number) * (values[i] as number)
    odd += (weights[i + 1] as number) * (values[i + 1] as number)
  }
  if (i < weights.length) even += (weights[i] as number) * (values[i] as number)
  return (even + odd) / totalWeight
}

function centre(
  column: Float64Array | Float32Array,
  mean: number,
  roots: Float64Array,
  start: number,
  count: number,
  into: Float64Array,
) {
  for (let i = 0; i < count; i++) into[i] = ((column[start + i] as number) - mean) * (roots[start + i] as number)
  into.fill(0, count)
}

function mirrored(lower: Float64Array, stride: number, size: number): Float64Array {
  const whole = new Float64Array(size * size)
  for (let j = 0; j < size; j++)
    for (let k = 0; k <= j; k++) {
      whole[j * size + k] = lower[j * stride + k] as number
      whole[k * size + j] = lower[j * stride + k] as number
    }
  return whole
}

/** Standard deviation of a column, or 0 where only rounding moves it. */
export function deviation({ means, products, size }: Moments, column: number, totalWeight: number): number {
  return spread(products[column * size + column] as number, totalWeight, means[column] as number)
}

/** Mean and standard deviation of a column that needs no products with others. */
export function meanAndDeviation(column: ArrayLike<number>, weights: Float64Array, totalWeight: number) {
  const mean = weightedMean(column, weights, totalWeight)
  let squares = 0
  for (let i = 0; i < weights.length; i++) squares += (weights[i] as number) * ((column[i] as number) - mean) ** 2
  if (!Number.isFinite(squares)) throw new Error(TOO_LARGE)
  return { mean, deviation: spread(squares, totalWeight, mean) }
}

function spread(squares: number, totalWeight: number, mean: number): number {
  const deviation = Math.sqrt(squares / totalWeight)
  return deviation > 1e-10 * Math.abs(mean) ? deviation : 0
}
