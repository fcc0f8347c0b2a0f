import type { Matrix } from '../matrix.ts'

/** scaled = (value - offset) x factor + shift, with one offset and factor a column. */
export interface Scaling {
  /** Rounded to 32 bits, as every runtime will see them. */
  offsets: Float32Array
  factors: Float32Array
  shift: number
}

/** The scaled table; what is not known stays so. */
export function applyScaling({ offsets, factors, shift }: Scaling, { rows, columns }: Matrix): Matrix {
  if (columns.length !== offsets.length) throw new Error(`${offsets.length} columns were fitted, got ${columns.length}`)
  return {
    rows,
    columns: columns.map((column, j) => {
      const offset = offsets[j] ?? 0
      const factor = factors[j] ?? 1
      return Float64Array.from(column, (value) => (value - offset) * factor + shift)
    }),
  }
}
