import { checkColumns, type Matrix } from '../matrix.ts'
import type { Scaling } from './scaling.ts'

interface MinMaxOptions {
  /** What the smallest and the largest value become; 0 and 1 by default. */
  range?: readonly [low: number, high: number]
}

/**
 * Scales each column so that its known values fill a range; later values may lie outside. A column that never changes becomes
 * the lower end; one that is never known stays so.
 */
export function fitMinMaxScaler(matrix: Matrix, { range: [low, high] = [0, 1] }: MinMaxOptions = {}): Scaling {
  checkColumns(matrix, { missing: 'allowed' })
  if (!(low < high)) throw new Error(`a range must rise, got ${low} to ${high}`)
  const bounds = matrix.columns.map((column) => {
    let least = Number.POSITIVE_INFINITY
    let most = Number.NEGATIVE_INFINITY
    for (const value of column) {
      if (value < least) least = value
      if (value > most) most = value
    }
    return { least: least <= most ? least : 0, width: most - least }
  })
  return {
    offsets: Float32Array.from(bounds, ({ least }) => least),
    factors: Float32Array.from(bounds, ({ width }) => (width > 0 ? (high - low) / width : 1)),
    shift: Math.fround(low),
  }
}
