import { breathe, type TrainingControl } from '../control.ts'
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
  const stride = size + (size & 1) // tiles are two columns wide: the last may be of zeros
  const products = new Float64Array(stride * stride)
  const length = Math.min(rows, Math.max(64, Math.floor(BLOCK_NUMBERS / stride)))
  const block = new Float64Array(stride * length)
  let work = 0
  for (let start = 0; start < rows; start += length) {
    const count = Math.min(length, rows - start)
    columns.forEach((column, j) => {
      centre(column, means[j] as number, roots, start, count, block.subarray(j * length))
    })
    addProducts(block, length, count, stride, products)
    work += count * size * size
    if (work < STRETCH) continue
    work = 0
    onProgress?.({ stage: 'rows', done: start + count, total: rows })
    await breathe(signal)
  }
  if (!products.every(Number.isFinite)) throw new Error(TOO_LARGE)
  return { means, products: mirrored(products, stride, size), size }
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
}

/** Adds the products of each pair of columns, two by two columns at a time: four products for four reads. */
function addProducts(block: Float64Array, length: number, count: number, stride: number, products: Float64Array) {
  for (let j = 0; j < stride; j += 2)
    for (let k = 0; k <= j; k += 2) {
      let first = 0
      let second = 0
      let third = 0
      let fourth = 0
      const a = j * length
      const b = k * length
      for (let i = 0; i < count; i++) {
        const a0 = block[a + i] as number
        const a1 = block[a + length + i] as number
        const b0 = block[b + i] as number
        const b1 = block[b + length + i] as number
        first += a0 * b0
        second += a0 * b1
        third += a1 * b0
        fourth += a1 * b1
      }
      const cell = j * stride + k
      products[cell] = (products[cell] as number) + first
      products[cell + 1] = (products[cell + 1] as number) + second
      products[cell + stride] = (products[cell + stride] as number) + third
      products[cell + stride + 1] = (products[cell + stride + 1] as number) + fourth
    }
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
