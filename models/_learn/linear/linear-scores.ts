import type { Matrix } from '../matrix.ts'

/** score = start + sum of coefficient x (value - mean), one or several for a row */
export interface LinearScores {
  /** One a score. */
  starts: ArrayLike<number>
  /** One a column. */
  means: Float64Array
  /** `scores x columns`, score by score. */
  coefficients: Float64Array
}

/** Rows whose sums stay in the cache. */
const BLOCK = 1_024

/** The scores of each row, one array a score; NaN where a cell is not known. */
export function linearScores({ rows, columns }: Matrix, { starts, means, coefficients }: LinearScores): Float64Array[] {
  if (columns.length !== means.length) throw new Error(`${means.length} columns were fitted, got ${columns.length}`)
  const scores = Array.from(starts, (start) => new Float64Array(rows).fill(start))
  for (let start = 0; start < rows; start += BLOCK) {
    const end = Math.min(start + BLOCK, rows)
    scores.forEach((sums, score) => {
      const own = coefficients.subarray(score * columns.length, (score + 1) * columns.length)
      addColumns(sums, columns, start, end, means, own)
    })
  }
  return scores
}

/** Two columns at a time: half as many reads of the sums. */
function addColumns(
  sums: Float64Array,
  columns: Matrix['columns'],
  start: number,
  end: number,
  means: Float64Array,
  coefficients: Float64Array,
) {
  for (let j = 0; j < columns.length; j += 2) {
    const first = columns[j] as Float64Array
    const firstMean = means[j] as number
    const a = coefficients[j] as number
    const second = columns[j + 1]
    if (second === undefined) {
      for (let i = start; i < end; i++) sums[i] = (sums[i] as number) + a * ((first[i] as number) - firstMean)
      return
    }
    const secondMean = means[j + 1] as number
    const b = coefficients[j + 1] as number
    for (let i = start; i < end; i++)
      sums[i] = (sums[i] as number) + a * ((first[i] as number) - firstMean) + b * ((second[i] as number) - secondMean)
  }
}
