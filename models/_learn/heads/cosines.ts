import { Arena } from '../kernels/arena.ts'
import { createDense, createMultiply, transposed } from './dense.ts'
import type { Embeddings } from './embeddings.ts'

/** The products of all rows of `a` with all rows of `b`, row by row of `a`: cosines, where all have length 1. */
export function cosines(a: Embeddings, b: Embeddings): Float32Array {
  if (a.width !== b.width) throw new Error(`rows of ${a.width} numbers cannot be compared with rows of ${b.width}`)
  const arena = new Arena()
  const [left, right] = [a, b].map(({ rows, width, values }) => {
    const matrix = createDense(arena, rows, width)
    matrix.values.set(values)
    return matrix
  })
  const product = createDense(arena, a.rows, b.rows)
  if (left !== undefined && right !== undefined) createMultiply(arena, a.width)(left, transposed(right), product)
  return Float32Array.from(product.values) // out of the shared memory
}
