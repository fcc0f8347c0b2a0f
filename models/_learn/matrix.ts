/** A table by columns. What is not known is NaN; a category is a code or an encoding of it. */
export interface Matrix {
  rows: number
  columns: readonly (Float64Array | Float32Array)[]
}

interface Requirements {
  /** May cells be NaN? */
  missing: 'allowed' | 'refused'
}

/** Refuses what no learner can learn from, with the cell that is wrong. */
export function checkTrainingData(matrix: Matrix, target: Float64Array, requirements: Requirements) {
  checkColumns(matrix, requirements)
  if (target.length !== matrix.rows) throw new Error(`${matrix.rows} rows have ${target.length} targets`)
  const wrongTarget = target.findIndex((value) => !Number.isFinite(value))
  if (wrongTarget >= 0) throw new Error(`the target of row ${wrongTarget} is ${target[wrongTarget]}`)
}

/** Refuses columns that no learner can learn from. */
export function checkColumns(matrix: Matrix, { missing }: Requirements) {
  if (matrix.rows === 0) throw new Error('there are no rows to learn from')
  if (matrix.columns.length === 0) throw new Error('there are no columns to learn from')
  matrix.columns.forEach((column, j) => {
    if (column.length !== matrix.rows) throw new Error(`column ${j} has ${column.length} of ${matrix.rows} rows`)
    if (allFinite(column)) return
    for (let i = 0; i < column.length; i++) {
      const value = column[i] ?? 0
      if (Number.isFinite(value) || (missing === 'allowed' && Number.isNaN(value))) continue
      const hint = Number.isNaN(value) ? ': fill what is not known first, as with an imputer' : ''
      throw new Error(`row ${i} of column ${j} is ${value}${hint}`)
    }
  })
}

/** @throws Error unless there are none, or one non-negative number a row and not all of them zero */
export function checkWeights(weights: Float64Array | undefined, rows: number) {
  if (weights === undefined) return
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (weights.length !== rows || !weights.every((weight) => weight >= 0) || !(total > 0) || !Number.isFinite(total))
    throw new Error('weights must be one non-negative number a row, not all zero')
}

/** Are all numbers finite? One sum tells it faster than a look at each: of any other number, itself is not taken to 0. */
function allFinite(column: Float64Array | Float32Array): boolean {
  let rest = 0
  for (let i = 0; i < column.length; i++) rest += (column[i] as number) - (column[i] as number)
  return rest === 0
}

export function takeRows(matrix: Matrix, rows: ArrayLike<number>): Matrix {
  return { rows: rows.length, columns: matrix.columns.map((column) => take(column, rows)) }
}

export function take(values: ArrayLike<number>, rows: ArrayLike<number>): Float64Array {
  const taken = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i] ?? -1] ?? Number.NaN
  return taken
}
