import type { Columns, Feature, Manifest, Value } from './manifest.ts'

export type ColumnProblemCode =
  | 'missing_column'
  | 'unknown_column'
  | 'not_an_array'
  | 'empty_column'
  | 'unequal_lengths'
  | 'too_many_rows'
  | 'missing_value'
  | 'wrong_type'
  | 'not_finite'
  | 'not_an_integer'
  | 'out_of_range'
  | 'unknown_choice'
  | 'too_long'
  | 'invalid_text'

export interface ColumnProblem {
  /** JSON pointer into the request body, such as `/data/horsepower/0`. */
  pointer: string
  code: ColumnProblemCode
  message: string
}

export type ColumnsResult =
  | { ok: true; rows: number; columns: Columns }
  /** `truncated`: there were more problems than are listed. */
  | { ok: false; problems: ColumnProblem[]; truncated: boolean }

interface Limits {
  maxProblems?: number
  maxRows?: number
}

/** A bounded list: hostile input must not buy an answer longer than itself. */
class Problems {
  readonly list: ColumnProblem[] = []
  truncated = false
  readonly #max: number

  constructor(max: number) {
    this.#max = max
  }

  add(path: readonly (string | number)[], code: ColumnProblemCode, message: string) {
    if (this.list.length < this.#max) this.list.push({ pointer: pointerTo(path), code, message })
    else this.truncated = true
  }
}

/**
 * Checks a request's columns against a predictor's manifest and names every problem, not only the first.
 * A column that may be left out comes back filled with `null`.
 */
export function validateColumns(
  manifest: Manifest,
  data: Readonly<Record<string, unknown>>,
  { maxProblems = 100, maxRows = manifest.maximumRows ?? 10_000 }: Limits = {},
): ColumnsResult {
  const problems = new Problems(maxProblems)
  const rows = countRows(manifest, data)
  if (rows > maxRows)
    problems.add(
      [],
      'too_many_rows',
      `at most ${maxRows} ${maxRows === 1 ? 'row' : 'rows'} in one request, got ${rows}`,
    )
  refuseUnknownColumns(manifest, data, problems)
  const columns: Record<string, readonly Value[]> = {}
  for (const feature of manifest.features) {
    if (problems.truncated || rows > maxRows) break
    columns[feature.name] = readColumn(feature, ownValue(data, feature.name), rows, problems)
  }
  if (rows === 0 && problems.list.length === 0) problems.add([], 'empty_column', 'there are no values')
  if (problems.list.length > 0) return { ok: false, problems: problems.list, truncated: problems.truncated }
  return { ok: true, rows, columns }
}

/** The length of the first usable column: the others are measured against it. */
function countRows(manifest: Manifest, data: Readonly<Record<string, unknown>>): number {
  for (const { name } of manifest.features) {
    const column = ownValue(data, name)
    if (Array.isArray(column) && column.length > 0) return column.length
  }
  return 0
}

function refuseUnknownColumns(manifest: Manifest, data: Readonly<Record<string, unknown>>, problems: Problems) {
  const known = new Set(manifest.features.map(({ name }) => name))
  for (const name of Object.keys(data)) {
    if (known.has(name)) continue
    problems.add([name], 'unknown_column', `${show(name)} is not a column of ${manifest.name}`)
    if (problems.truncated) return
  }
}

function readColumn(feature: Feature, column: unknown, rows: number, problems: Problems): readonly Value[] {
  const { name } = feature
  if (column === undefined) {
    if (feature.required) problems.add([name], 'missing_column', `${name} is missing`)
    return new Array<Value>(rows).fill(null)
  }
  if (!Array.isArray(column)) {
    problems.add([name], 'not_an_array', `${name} must be an array with one value a row`)
    return []
  }
  if (column.length === 0) {
    problems.add([name], 'empty_column', `${name} has no values`)
    return []
  }
  if (column.length !== rows) {
    problems.add([name], 'unequal_lengths', `${name} has ${column.length} values where other columns have ${rows}`)
    return []
  }
  return column.map((value: unknown, row) => {
    if (problems.truncated) return null
    const read = readValue(feature, value)
    if ('value' in read) return read.value
    problems.add([name, row], read.code, `${name} ${read.message}`)
    return null
  })
}

type Read = { value: Value } | { code: ColumnProblemCode; message: string }

function readValue(feature: Feature, value: unknown): Read {
  if (value === null || value === undefined) {
    if (feature.nullable) return { value: null }
    return { code: 'missing_value', message: 'must not be null' }
  }
  switch (feature.type) {
    case 'number':
    case 'integer':
      return readNumber(feature, value)
    case 'category':
      return readCategory(feature.choices, value)
    case 'text':
      return readText(feature.maxLength, value)
  }
}

function readNumber(feature: Extract<Feature, { type: 'number' | 'integer' }>, value: unknown): Read {
  if (typeof value !== 'number') return { code: 'wrong_type', message: `must be a number, got ${typeName(value)}` }
  // Models compute in 32 bits: what overflows there is not finite either.
  if (!Number.isFinite(Math.fround(value))) return { code: 'not_finite', message: 'must be finite' }
  if (feature.type === 'integer' && !Number.isInteger(value))
    return { code: 'not_an_integer', message: `must be a whole number, got ${value}` }
  if (feature.range !== undefined) {
    const [low, high] = feature.range
    if (value < low || value > high)
      return { code: 'out_of_range', message: `must be between ${low} and ${high}, got ${value}` }
  }
  return { value }
}

function readCategory(choices: readonly string[], value: unknown): Read {
  if (typeof value !== 'string') return { code: 'wrong_type', message: `must be a string, got ${typeName(value)}` }
  if (!choices.includes(value))
    return { code: 'unknown_choice', message: `must be one of ${choices.join(', ')}; got ${show(value)}` }
  return { value }
}

function readText(maxLength: number, value: unknown): Read {
  if (typeof value !== 'string') return { code: 'wrong_type', message: `must be a string, got ${typeName(value)}` }
  if (value.length > maxLength)
    return { code: 'too_long', message: `must have at most ${maxLength} characters, got ${value.length}` }
  // Neither a database nor a model can hold these.
  if (!value.isWellFormed() || /\p{Cc}/u.test(value))
    return { code: 'invalid_text', message: 'must have no control characters and no half surrogate pairs' }
  return { value }
}

/** Own properties only: a column named `constructor` is not a column that is there. */
function ownValue(data: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(data, name) ? data[name] : undefined
}

function pointerTo(path: readonly (string | number)[]): string {
  const parts = ['data', ...path.map((part) => String(part).slice(0, 100))]
  return parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function typeName(value: unknown): string {
  return Array.isArray(value) ? 'an array' : typeof value
}

function show(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}
