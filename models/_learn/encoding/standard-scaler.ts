import { checkColumns, type Matrix } from '../matrix.ts'
import { rowWeights } from '../weights.ts'
import type { Scaling } from './scaling.ts'

/**
 * Scales each column to a mean of 0 and a standard deviation of 1 over the rows where it is known. A column that never
 * changes becomes 0; one that is never known stays as it is.
 */
export function fitStandardScaler(matrix: Matrix, { weights }: { weights?: Float64Array } = {}): Scaling {
  checkColumns(matrix, { missing: 'allowed' })
  const counts = rowWeights(weights, matrix.rows)
  const moments = matrix.columns.map((column) => meanAndDeviation(column, counts))
  return {
    offsets: Float32Array.from(moments, ({ mean }) => mean),
    factors: Float32Array.from(moments, ({ mean, deviation }) =>
      deviation > 1e-10 * Math.abs(mean) ? 1 / deviation : 1,
    ),
    shift: 0,
  }
}

function meanAndDeviation(column: ArrayLike<number>, weights: Float64Array) {
  let weight = 0
  let mean = 0
  let squares = 0
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number
    const own = weights[i] as number
    if (Number.isNaN(value) || own === 0) continue
    weight += own
    const change = value - mean
    mean += (own / weight) * change
    squares += own * change * (value - mean)
  }
  return { mean, deviation: weight > 0 ? Math.sqrt(squares / weight) : 0 }
}
