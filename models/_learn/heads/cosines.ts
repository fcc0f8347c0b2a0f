import { Arena } from '../kernels/arena.ts'
import { createDense, createMultiply, firstRows, transposed } from './dense.ts'
import type { Embeddings } from './embeddings.ts'

const ROWS_AT_A_TIME = 1024

/** The products of all rows of `a` with all rows of `b`, row by row of `a`: cosines, where all have length 1. */
export function cosines(a: Embeddings, b: Embeddings): Float32Array {
  const all = new Float32Array(a.rows * b.rows)
  eachCosines(a, b, (first, products) => all.set(products, first * b.rows))
  return all
}

/** Hands over the same products for some rows of `a` at a time; they are gone at the next call. */
export function eachCosines(a: Embeddings, b: Embeddings, use: (first: number, products: Float32Array) => void) {
  if (a.width !== b.width) throw new Error(`rows of ${a.width} numbers cannot be compared with rows of ${b.width}`)
  const arena = new Arena()
  const multiply = createMultiply(arena, a.width)
  const room = Math.min(a.rows, ROWS_AT_A_TIME)
  const left = createDense(arena, room, a.width)
  const right = createDense(arena, b.rows, b.width)
  const product = createDense(arena, room, b.rows)
  right.values.set(b.values)
  for (let first = 0; first < a.rows; first += ROWS_AT_A_TIME) {
    const count = Math.min(room, a.rows - first)
    left.values.set(a.values.subarray(first * a.width, (first + count) * a.width))
    const own = firstRows(product, count)
    multiply(firstRows(left, count), transposed(right), own)
    use(first, own.values)
  }
}
