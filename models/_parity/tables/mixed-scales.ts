import type { Matrix } from '../../_learn/matrix.ts'
import { createRandom } from '../../_learn/random.ts'

const ROWS = 1_000
/** Spread and middle of each column: the last are times, which 32 bits can hardly tell apart. */
const COLUMNS = [
  [1, 0],
  [100, -20],
  [0.01, 5],
  [5, 0.1],
  [2_000, 1e6],
  [1e6, 1.7e9],
] as const

/** 1,000 rows of numbers of very different sizes, a target, and three classes: with 32 bits, as runtimes read them. */
export function mixedScales(): { matrix: Matrix; target: Float64Array; classes: Float64Array } {
  const random = createRandom(1)
  const columns = COLUMNS.map(([spread, middle]) =>
    Float32Array.from({ length: ROWS }, () => middle + spread * (random.next() - 0.3)),
  )
  const target = Float64Array.from({ length: ROWS }, (_, i) =>
    COLUMNS.reduce(
      (sum, [spread, middle], j) => sum + (((columns[j]?.[i] ?? 0) - middle) / spread) * (j + 1),
      random.next(),
    ),
  )
  return {
    matrix: { rows: ROWS, columns },
    target,
    classes: target.map((value) => Number(value > 3) + Number(value + random.next() > 5)),
  }
}
