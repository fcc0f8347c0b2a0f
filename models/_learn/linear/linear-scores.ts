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
const BLOCK = 2_048

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

function addColumns(
  sums: Float64Array,
  columns: Matrix['columns'],
  start: number,
  end: number,
  means: Float64Array,
  coefficients: Float64Array,
) {
  let j = 0
  for (; j + 4 <= columns.length; j += 4) addFourColumns(sums, columns, j, start, end, means, coefficients)
  for (; j < columns.length; j++) {
    const column = columns[j] as Float64Array
    const mean = means[j] as number
    const coefficient = coefficients[j] as number
    for (let i = start; i < end; i++) sums[i] = (sums[i] as number) + coefficient * ((column[i] as number) - mean)
  }
}

/** A quarter of the reads of the sums. */
function addFourColumns(
  sums: Float64Array,
  columns: Matrix['columns'],
  j: number,
  start: number,
  end: number,
  means: Float64Array,
  coefficients: Float64Array,
) {
  const [first, second, third, fourth] = columns.slice(j, j + 4) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const [firstMean = 0, secondMean = 0, thirdMean = 0, fourthMean = 0] = means.subarray(j, j + 4)
  const [a = 0, b = 0, c = 0, d = 0] = coefficients.subarray(j, j + 4)
  for (let i = start; i < end; i++) {
    const left = a * ((first[i] as number) - firstMean) + b * ((second[i] as number) - secondMean)
    const right = c * ((third[i] as number) - thirdMean) + d * ((fourth[i] as number) - fourthMean)
    sums[i] = (sums[i] as number) + left + right
  }
}
