import { checkColumns, type Matrix } from '../matrix.ts'
import { rowWeights } from '../weights.ts'
import { weightedQuantile } from './weighted-quantile.ts'

/** Bounds of each column, rounded to 32 bits; infinite where a column was never known. */
export interface Clipper {
  lows: Float32Array
  highs: Float32Array
}

interface ClipperOptions {
  /** Share of the rows that the lower bound cuts off; 0.01 by default. */
  lower?: number
  /** Share of the rows up to the upper bound; 0.99 by default. */
  upper?: number
  weights?: Float64Array
}

/** Draws wild values in to quantiles of the known ones (winsorising), so that a few rows do not rule a learner. */
export function fitQuantileClipper(matrix: Matrix, options: ClipperOptions = {}): Clipper {
  checkColumns(matrix, { missing: 'allowed' })
  const { lower = 0.01, upper = 0.99 } = options
  if (!(lower >= 0 && lower < upper && upper <= 1))
    throw new Error(`shares must rise from 0 to 1, got ${lower}, ${upper}`)
  const weights = rowWeights(options.weights, matrix.rows)
  const bound = (column: ArrayLike<number>, share: number, unknown: number) => {
    const value = weightedQuantile(column, weights, share)
    return Number.isNaN(value) ? unknown : value
  }
  return {
    lows: Float32Array.from(matrix.columns, (column) => bound(column, lower, Number.NEGATIVE_INFINITY)),
    highs: Float32Array.from(matrix.columns, (column) => bound(column, upper, Number.POSITIVE_INFINITY)),
  }
}

/** The table within the bounds; what is not known stays so. */
export function applyClipper({ lows, highs }: Clipper, { rows, columns }: Matrix): Matrix {
  if (columns.length !== lows.length) throw new Error(`${lows.length} columns were fitted, got ${columns.length}`)
  return {
    rows,
    columns: columns.map((column, j) =>
      Float64Array.from(column, (value) => Math.min(Math.max(value, lows[j] ?? value), highs[j] ?? value)),
    ),
  }
}
