import type { Matrix } from '../matrix.ts'
import { createRandom } from '../random.ts'

export interface GoldenTable {
  matrix: Matrix
  target: Float64Array
  weights: Float64Array
  /** 0 or 1, not told apart by any line. */
  binary: Float64Array
  /** 0, 1 or 2. */
  classes: Float64Array
}

/** 200 rows of six columns, of which the third nearly follows the first and scales differ: other libraries' numbers were computed on it. */
export function goldenTable(): GoldenTable {
  const rows = 200
  const random = createRandom(7)
  const draw = (scale: number) => Float64Array.from({ length: rows }, () => scale * (random.next() - 0.4))
  const noise = () => 2 * (random.next() - 0.5)
  const [a, b, c, d, e] = [draw(2), draw(1), draw(5), draw(30), draw(0.2)]
  const near = a.map((value) => value + 0.1 * noise())
  const score = a.map((value, i) => 2 * value - (b[i] ?? 0) + 0.05 * (d[i] ?? 0) + noise())
  return {
    matrix: { rows, columns: [a, b, near, c, d, e] },
    target: score.map((value) => 3 + value + 0.2 * noise()),
    weights: draw(1).map((value) => Math.floor(4 * (value + 0.4))),
    binary: score.map((value) => (value + 2 * noise() > 0 ? 1 : 0)),
    classes: score.map((value, i) => (value + noise() > 1 ? 2 : value + (c[i] ?? 0) + noise() > 0 ? 1 : 0)),
  }
}
