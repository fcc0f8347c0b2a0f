import type { Matrix } from '../_learn/matrix.ts'
import type { Feed } from '../_runtime/encode-feeds.ts'

/** The columns of a matrix as one input `[rows, columns]`. */
export function feedOf(name: string, matrix: Matrix): Feed {
  return { name, type: 'float32', data: byRows(matrix), rows: matrix.rows, columns: matrix.columns.length }
}

/** The numbers of a matrix row by row. */
export function byRows({ rows, columns }: Matrix): Float32Array {
  const width = columns.length
  const numbers = new Float32Array(rows * width)
  columns.forEach((column, j) => {
    for (let i = 0; i < rows; i++) numbers[i * width + j] = column[i] ?? Number.NaN
  })
  return numbers
}
