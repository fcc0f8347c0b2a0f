import type { Arena, Block } from '../kernels/arena.ts'
import { checkWeights } from '../matrix.ts'

/** Weights with a mean of 1 in a kernel's memory, up to the end of the last tile of eight; and the mean that they had. */
export function loadWeights(arena: Arena, weights: Float64Array | undefined, rows: number) {
  checkWeights(weights, rows)
  const block: Block<Float32Array> = arena.float32(8 * Math.ceil(rows / 8))
  if (weights === undefined) {
    block.values.fill(1, 0, rows)
    return { weights: block, mean: 1 }
  }
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / rows
  weights.forEach((weight, row) => {
    block.values[row] = weight / mean
  })
  return { weights: block, mean }
}
