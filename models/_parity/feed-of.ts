import type { Matrix } from '../_learn/matrix.ts'
import type { Feed } from '../_runtime/encode-feeds.ts'

/** The columns of a matrix as one input `[rows, columns]`. */
export function feedOf(name: string, { rows, columns }: Matrix): Feed {
  const width = columns.length
  const data = new Float32Array(rows * width)
  columns.forEach((column, j) => {
    for (let i = 0; i < rows; i++) data[i * width + j] = column[i] ?? Number.NaN
  })
  return { name, type: 'float32', data, rows, columns: width }
}
