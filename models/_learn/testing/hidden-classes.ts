import type { Embeddings } from '../heads/embeddings.ts'
import { createRandom, type Random } from '../random.ts'

/** Vectors of these classes; the same world turns the same class and draw into the same vector. */
export type World = (classes: ArrayLike<number>, seed: number) => Embeddings

interface WorldOptions {
  seed: number
  width: number
  classes: number
  /** Directions that carry the class. */
  informative?: number
  /** How far vectors reach in the directions that carry nothing, beside about 1 in those that carry the class. */
  distraction?: number
}

/** A random linear map of a space in which a few directions carry the class and others, of more weight, do not. */
export function createWorld({ seed, width, classes, informative = 6, distraction = 3 }: WorldOptions): World {
  const random = createRandom(seed)
  const centres = gaussians(classes * informative, random)
  const basis = gaussians(width * width, random).map((value) => value / Math.sqrt(width))
  return (labels, draw) => {
    const noise = createRandom(draw)
    const values = new Float32Array(labels.length * width)
    for (let row = 0; row < labels.length; row++) {
      const hidden = gaussians(width, noise).map((value, j) =>
        j < informative ? (centres[(labels[row] ?? 0) * informative + j] ?? 0) + 0.2 * value : distraction * value,
      )
      for (let k = 0; k < width; k++)
        for (let j = 0; j < width; j++)
          values[row * width + j] = (values[row * width + j] ?? 0) + (hidden[k] ?? 0) * (basis[k * width + j] ?? 0)
    }
    return { rows: labels.length, width, values }
  }
}

export function randomLabels(count: number, classes: number, seed: number): Int32Array {
  const random = createRandom(seed)
  return Int32Array.from({ length: count }, () => random.integer(classes))
}

function gaussians(count: number, random: Random): Float64Array {
  return Float64Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next()),
  )
}
