import type { Arena } from '../kernels/arena.ts'
import type { Pointer } from '../kernels/kernels.ts'

/** A row-major matrix of floats in an arena. */
export interface Dense extends View {
  values: Float32Array
}

/** How to walk a matrix: element (i, j) lies i x rowStep + j x columnStep floats behind the pointer. */
interface View {
  pointer: Pointer
  rows: number
  columns: number
  rowStep: number
  columnStep: number
}

export function createDense(arena: Arena, rows: number, columns: number): Dense {
  const { pointer, values } = arena.float32(rows * columns)
  return { pointer, values, rows, columns, rowStep: columns, columnStep: 1 }
}

/** The first rows of a matrix. */
export function firstRows(matrix: Dense, rows: number): Dense {
  return { ...matrix, rows, values: matrix.values.subarray(0, rows * matrix.columns) }
}

/** The same numbers with rows and columns exchanged: nothing is moved. */
export function transposed({ pointer, rows, columns, rowStep, columnStep }: View): View {
  return { pointer, rows: columns, columns: rows, rowStep: columnStep, columnStep: rowStep }
}

/** A function `(a, b, c)` that writes the product a b into c, for matrices with up to `maxInner` columns of a. */
export function createMultiply(arena: Arena, maxInner: number) {
  const { multiplyMatrices } = arena.kernels
  const panel = arena.allocate(32 * maxInner)
  return (a: View, b: View, c: Dense) => {
    if (a.columns !== b.rows || a.rows !== c.rows || b.columns !== c.columns || a.columns > maxInner)
      throw new Error(`[${a.rows}, ${a.columns}] x [${b.rows}, ${b.columns}] does not fit [${c.rows}, ${c.columns}]`)
    const left = [a.pointer, a.rowStep, a.columnStep] as const
    const right = [b.pointer, b.rowStep, b.columnStep] as const
    multiplyMatrices(...left, ...right, c.pointer, c.rows, a.columns, c.columns, panel)
  }
}

export type Multiply = ReturnType<typeof createMultiply>
