import type { Block } from '../kernels/arena.ts'
import type { Matrix } from '../matrix.ts'
import type { Column, ColumnFeed } from './column-feed.ts'

/** A numeric column: (value - offset) x scale, and 0 where it is missing. */
export interface NumericAxis {
  kind: 'numeric'
  column: number
  /** The mean, which is what a missing value counts as. */
  offset: number
  scale: number
}

/** A categorical column: `size` in the dimension of its category, 0 in those of the others. */
export interface CategoricalAxes {
  kind: 'categorical'
  column: number
  /** The codes that have a dimension, ascending. A code that is not among them lies at 0 in all. */
  categories: Float64Array
  /** The commonest code, which is what a missing one counts as. */
  mode: number
  size: number
}

export type Axis = NumericAxis | CategoricalAxes

/** Where rows of numbers and categories lie, so that squared distances compare them. All numbers are of 32 bits. */
export interface MixedSpace {
  /** Columns of the table. */
  columns: number
  dimensions: number
  axes: readonly Axis[]
}

export interface MixedSpaceOptions {
  /** Columns of whole-number codes that stand for categories. */
  categorical?: readonly number[]
  /** Divide numeric columns by their standard deviation? Not by default. */
  standardise?: boolean
  /**
   * What another category adds to a squared distance. By default as much as makes a categorical column matter, on average, as
   * much as a numeric one: twice the mean variance of the numeric columns over the mean chance that two rows differ in a
   * category.
   */
  gamma?: number
}

/**
 * The space of a table, and the mean variance of its dimensions.
 *
 * @throws Error that names the column, cell or option that is wrong
 */
export function fitMixedSpace(
  feed: ColumnFeed,
  matrix: Matrix,
  weights: Block<Float32Array>,
  options: MixedSpaceOptions,
) {
  checkShape(matrix)
  const { categorical = [], standardise = false } = options
  const wrong = categorical.find((j) => matrix.columns[j] === undefined)
  if (wrong !== undefined) throw new Error(`there is no categorical column ${wrong}`)
  const numbers: (NumericAxis & { variance: number })[] = []
  const categories: (CategoricalAxes & { diversity: number })[] = []
  matrix.columns.forEach((column, j) => {
    if (categorical.includes(j)) categories.push(categoricalAxes(column, j, weights))
    else numbers.push(numericAxis(column, j, feed.moments(column, weights), standardise))
  })
  const gamma = options.gamma ?? balance(numbers, categories)
  if (!(gamma >= 0 && gamma < Infinity)) throw new Error(`gamma must be a number of at least 0, got ${gamma}`)
  const size = Math.fround(Math.sqrt(gamma / 2)) // two rows of different categories differ in two dimensions
  const axes = [
    ...numbers.map(({ variance: _, ...axis }) => axis),
    ...categories.map(({ diversity: _, ...axis }) => ({ ...axis, size })),
  ]
  const dimensions = axes.reduce((sum, axis) => sum + widthOf(axis), 0)
  const variance =
    numbers.reduce((sum, axis) => sum + axis.variance, 0) +
    categories.reduce((sum, { diversity }) => sum + diversity * size ** 2, 0)
  const space: MixedSpace = { columns: matrix.columns.length, dimensions, axes }
  return { space, variance: variance / dimensions }
}

export function widthOf(axis: Axis): number {
  return axis.kind === 'numeric' ? 1 : axis.categories.length
}

/** Refuses a table that has other columns than the clusters were made of. */
export function checkShape({ rows, columns }: Matrix, expected = columns.length) {
  if (columns.length === 0) throw new Error('there are no columns to make clusters of')
  if (columns.length !== expected) throw new Error(`the clusters are of ${expected} columns, got ${columns.length}`)
  columns.forEach(({ length }, j) => {
    if (length !== rows) throw new Error(`column ${j} has ${length} of ${rows} rows`)
  })
}

function numericAxis(
  column: Column,
  j: number,
  [total, mean, variance]: ReturnType<ColumnFeed['moments']>,
  standardise: boolean,
) {
  if (!(total > 0)) throw new Error(`column ${j} is missing in every row`)
  const infinite = Number.isFinite(mean) ? -1 : column.findIndex((value: number) => Math.abs(value) === Infinity)
  if (infinite >= 0) throw new Error(`row ${infinite} of column ${j} is ${column[infinite]}`)
  if (!(variance < 1e30)) throw new Error(`the numbers of column ${j} are too large to be squared in 32 bits`)
  const deviation = Math.sqrt(variance)
  const varies = deviation > 1e-7 * Math.abs(mean) // less is only the rounding to 32 bits
  const scale = standardise && varies ? Math.fround(1 / deviation) : 1
  const axis: NumericAxis = { kind: 'numeric', column: j, offset: Math.fround(mean), scale }
  return { ...axis, variance: variance * scale * scale }
}

function categoricalAxes(column: Column, j: number, weights: Block<Float32Array>) {
  const counts = new Map<number, number>()
  let total = 0
  column.forEach((code: number, i: number) => {
    if (Number.isNaN(code)) return
    if (!Number.isInteger(code) || Math.fround(code) !== code)
      throw new Error(`row ${i} of column ${j} is ${code}, which is no code of a category`)
    counts.set(code, (counts.get(code) ?? 0) + (weights.values[i] ?? 0))
    total += weights.values[i] ?? 0
  })
  if (!(total > 0)) throw new Error(`column ${j} is missing in every row`)
  const categories = Float64Array.from(counts.keys()).sort()
  const mode = categories.reduce((best, code) => ((counts.get(code) ?? 0) > (counts.get(best) ?? 0) ? code : best))
  const diversity = 1 - [...counts.values()].reduce((sum, count) => sum + (count / total) ** 2, 0)
  const axes: CategoricalAxes = { kind: 'categorical', column: j, categories, mode, size: 0 }
  return { ...axes, diversity }
}

function balance(numbers: readonly { variance: number }[], categories: readonly { diversity: number }[]): number {
  const variance = mean(numbers.map((axis) => axis.variance))
  const diversity = mean(categories.map((axes) => axes.diversity))
  return variance > 0 && diversity > 0 ? (2 * variance) / diversity : 1 // two rows differ by twice the variance
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
