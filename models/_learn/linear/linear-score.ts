import type { Matrix } from '../matrix.ts'

/** start + sum of coefficient x (value - mean), a number a row; NaN where a cell is not known. */
export function linearScore(
  { rows, columns }: Matrix,
  start: number,
  means: Float64Array,
  coefficients: Float64Array,
): Float64Array {
  const sums = new Float64Array(rows).fill(start)
  columns.forEach((column, j) => {
    addScaled(sums, column, means[j] as number, coefficients[j] as number)
  })
  return sums
}

function addScaled(sums: Float64Array, column: ArrayLike<number>, mean: number, coefficient: number) {
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + coefficient * ((column[i] as number) - mean)
}
