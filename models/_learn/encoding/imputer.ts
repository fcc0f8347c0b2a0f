import { checkColumns, type Matrix } from '../matrix.ts'
import { rowWeights } from '../weights.ts'
import { weightedQuantile } from './weighted-quantile.ts'

export interface Imputer {
  /** What stands for what is not known, one number a column, rounded to 32 bits. */
  fills: Float32Array
  /** Columns that are followed, behind all, by one of their own: 1 where they are not known. */
  indicated: readonly number[]
}

interface ImputerOptions {
  strategy: 'mean' | 'median' | 'most frequent' | { constant: number }
  /** Should learners be told where a column that has gaps in the training rows was not known? */
  indicator?: boolean
  weights?: Float64Array
}

/**
 * Chooses what fills the gaps of each column. Among equally frequent values the smallest is taken; a column that is never
 * known is filled with 0, unless a constant is given.
 */
export function fitImputer(matrix: Matrix, { strategy, indicator = false, weights }: ImputerOptions): Imputer {
  checkColumns(matrix, { missing: 'allowed' })
  const counts = rowWeights(weights, matrix.rows)
  const hasGaps = (column: ArrayLike<number>) => Array.prototype.some.call(column, Number.isNaN)
  return {
    fills: Float32Array.from(matrix.columns, (column) => {
      const fill = chooseFill(column, counts, strategy)
      return Number.isNaN(fill) ? 0 : fill
    }),
    indicated: indicator ? [...matrix.columns.keys()].filter((j) => hasGaps(matrix.columns[j] ?? [])) : [],
  }
}

/** The filled columns, then the indicators. */
export function applyImputer({ fills, indicated }: Imputer, { rows, columns }: Matrix): Matrix {
  if (columns.length !== fills.length) throw new Error(`${fills.length} columns were fitted, got ${columns.length}`)
  const filled = columns.map((column, j) =>
    Float64Array.from(column, (value) => (Number.isNaN(value) ? (fills[j] ?? 0) : value)),
  )
  const indicators = indicated.map((j) => Float64Array.from(columns[j] ?? [], (value) => Number(Number.isNaN(value))))
  return { rows, columns: [...filled, ...indicators] }
}

function chooseFill(column: ArrayLike<number>, weights: Float64Array, strategy: ImputerOptions['strategy']): number {
  if (typeof strategy === 'object') {
    if (Number.isFinite(strategy.constant)) return strategy.constant
    throw new Error(`the constant that fills gaps is ${strategy.constant}`)
  }
  switch (strategy) {
    case 'mean':
      return knownMean(column, weights)
    case 'median':
      return weightedQuantile(column, weights, 0.5)
    case 'most frequent':
      return mostFrequent(column, weights)
  }
}

function knownMean(column: ArrayLike<number>, weights: Float64Array): number {
  let sum = 0
  let weight = 0
  for (let i = 0; i < column.length; i++) {
    if (Number.isNaN(column[i])) continue
    sum += (weights[i] as number) * (column[i] as number)
    weight += weights[i] as number
  }
  return sum / weight
}

function mostFrequent(column: ArrayLike<number>, weights: Float64Array): number {
  const counts = new Map<number, number>()
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number
    if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + (weights[i] as number))
  }
  let best = Number.NaN
  let most = 0
  for (const [value, count] of counts) {
    if (count < most || (count === most && !(value < best))) continue
    best = value
    most = count
  }
  return best
}
