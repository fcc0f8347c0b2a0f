import type { Matrix } from '../matrix.ts'

/** A training table whose columns were sorted once, for all the trees that are grown on it. */
export interface Presorted {
  rows: number
  /** Rounded to 32 bits, as ONNX runtimes compare. */
  columns: readonly Float32Array[]
  /** Column by column: the rows in ascending order of its values, what is not known last. */
  order: readonly Int32Array[]
}

export function presort(matrix: Matrix): Presorted {
  const columns = matrix.columns.map((column) => Float32Array.from(column))
  return {
    rows: matrix.rows,
    columns,
    order: columns.map((column) =>
      Int32Array.from({ length: matrix.rows }, (_, row) => row).sort((a, b) => byValue(column, a, b)),
    ),
  }
}

/** Ties keep the order of rows, so that the same table always sorts alike. */
function byValue(column: Float32Array, a: number, b: number): number {
  const left = column[a] ?? Number.NaN
  const right = column[b] ?? Number.NaN
  if (Number.isNaN(left) || Number.isNaN(right))
    return Number(Number.isNaN(left)) - Number(Number.isNaN(right)) || a - b
  return left - right || a - b
}
