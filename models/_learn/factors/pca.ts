import type { TrainingControl } from '../control.ts'
import { linearScores } from '../linear/linear-scores.ts'
import { momentsOf } from '../linear/moments.ts'
import { checkColumns, type Matrix } from '../matrix.ts'
import { rowWeights } from '../weights.ts'
import { symmetricEigen } from './symmetric-eigen.ts'

/** score k = sum over columns of component k x (value - mean) / unit k */
export interface PcaModel {
  means: Float64Array
  /** `components x columns`, each of length 1, at right angles to the others, its largest number positive. */
  components: Float64Array
  /** What each score is divided by: 1, or its standard deviation when the scores are whitened. */
  units: Float64Array
  /** Variance of the rows along each component, in descending order. */
  variances: Float64Array
  /** Each variance's share of the variance of all columns. */
  varianceShares: Float64Array
}

export interface PcaOptions extends TrainingControl {
  /** How many components to keep; all unless told. */
  components?: number
  /** Give all scores a variance of 1. */
  whiten?: boolean
  /** How often each row counts; they sum to more than 1. */
  weights?: Float64Array
}

/**
 * Principal components (Pearson, 1901; Hotelling, 1933): the directions along which the rows differ most, from the eigenvectors of
 * the covariance of the columns. Columns count in their own units: standardise them first where those mean nothing. Time grows with rows x
 * columns^2 + columns^3. Categories and missing values are for `encoding/` to turn into numbers first.
 *
 * @throws Error for a cell that is no finite number, for fewer than two rows, and when no column changes
 */
export async function fitPca(matrix: Matrix, options: PcaOptions = {}): Promise<PcaModel> {
  checkColumns(matrix, { missing: 'refused' })
  const columns = matrix.columns.length
  const { components = columns, whiten = false } = options
  if (!(Number.isInteger(components) && components >= 1 && components <= columns))
    throw new Error(`components must be from 1 to the ${columns} columns, got ${components}`)
  const weights = rowWeights(options.weights, matrix.rows)
  const freedom = weights.reduce((sum, weight) => sum + weight, 0) - 1
  if (!(freedom > 0)) throw new Error('principal components need two rows at least')
  const { means, products } = await momentsOf(matrix.columns, weights, options)
  const { values, vectors } = symmetricEigen(products, columns)
  const total = values.reduce((sum, value) => sum + Math.max(value, 0), 0)
  if (!(total > 0)) throw new Error('no column changes: there are no components')
  const kept = values.subarray(0, components).map((value) => Math.max(value, 0))
  const variances = kept.map((value) => value / freedom)
  return {
    means,
    components: withSigns(vectors.slice(0, components * columns), columns),
    units: whiten ? deviations(kept, variances, total) : new Float64Array(components).fill(1),
    variances,
    varianceShares: kept.map((value) => value / total),
  }
}

/** A component is as good as its opposite: the largest number decides, the first of equals. */
function withSigns(components: Float64Array, columns: number): Float64Array {
  for (let start = 0; start < components.length; start += columns) {
    const component = components.subarray(start, start + columns)
    const largest = component.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0)
    if (largest < 0) for (let j = 0; j < columns; j++) component[j] = -(component[j] as number)
  }
  return components
}

function deviations(kept: Float64Array, variances: Float64Array, total: number): Float64Array {
  const flat = kept.findIndex((value) => value <= 1e-14 * total)
  if (flat >= 0) throw new Error(`component ${flat} has no variance to be whitened: keep at most ${flat} components`)
  return variances.map(Math.sqrt)
}

/** The scores of each row, a column a component. */
export function transformPca({ means, components, units }: PcaModel, matrix: Matrix): Matrix {
  const coefficients = components.map((value, i) => value / (units[Math.floor(i / means.length)] as number))
  return { rows: matrix.rows, columns: linearScores(matrix, { starts: units.map(() => 0), means, coefficients }) }
}

/** The rows nearest to given scores: those that gave them, when all components are kept. */
export function inversePca({ means, components, units }: PcaModel, scores: Matrix): Matrix {
  const count = units.length
  const coefficients = Float64Array.from({ length: components.length }, (_, i) => {
    const k = i % count
    return (units[k] as number) * (components[k * means.length + Math.floor(i / count)] as number)
  })
  const columns = linearScores(scores, { starts: means, means: new Float64Array(count), coefficients })
  return { rows: scores.rows, columns }
}
