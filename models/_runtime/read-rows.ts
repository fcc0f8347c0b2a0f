import type { Manifest } from './manifest.ts'
import { ModelError } from './model-error.ts'

export interface PredictedRow {
  /** Of a classification the probability of the positive class where there are two, else of the most likely one. */
  value: number
  /** Holds the truth with the probability `coverage`. */
  interval?: { lower: number; upper: number; coverage: number }
  /** What each feature adds to the manifest's baseline: baseline + their sum = value. */
  contributions?: Record<string, number>
  /** Of a classification: the most likely class. */
  label?: string
  /** Of a classification: one a class, in the manifest's order; they add up to 1. */
  probabilities?: Record<string, number>
}

/** A row of a predictor that says how sure it is, and why. */
export type ExplainedRow = PredictedRow & Required<Pick<PredictedRow, 'interval' | 'contributions'>>

type Outputs = Readonly<Record<string, { data: unknown; dims: readonly number[] } | undefined>>

/** The artefact's output tensors as one record a row, with what the manifest promises and nothing else. */
export function readRows(manifest: Manifest, rows: number, outputs: Outputs): PredictedRow[] {
  const { classes, output, interval, baseline } = manifest
  if (classes !== undefined) return readProbabilities(classes, numbers(outputs, output.name, rows * classes.length))
  const names = manifest.features.map(({ name }) => name)
  const value = numbers(outputs, output.name, rows)
  const lower = interval && numbers(outputs, `${output.name}_lower`, rows)
  const upper = interval && numbers(outputs, `${output.name}_upper`, rows)
  const contributions = baseline === undefined ? undefined : numbers(outputs, 'contributions', rows * names.length)
  return Array.from({ length: rows }, (_, row) => ({
    value: at(value, row),
    ...(lower && upper && { interval: { lower: at(lower, row), upper: at(upper, row), coverage: interval.coverage } }),
    ...(contributions && { contributions: named(names, contributions, row) }),
  }))
}

/** @param probabilities row by row, one number a class */
function readProbabilities(classes: readonly string[], probabilities: Float32Array): PredictedRow[] {
  return Array.from({ length: probabilities.length / classes.length }, (_, row) => {
    const own = named(classes, probabilities, row)
    const label = classes.reduce((best, name) => ((own[name] ?? 0) > (own[best] ?? 0) ? name : best))
    const [, positive = label] = classes
    return { value: own[classes.length === 2 ? positive : label] ?? 0, label, probabilities: own }
  })
}

/** A row of a matrix with names for its columns. */
function named(names: readonly string[], matrix: Float32Array, row: number): Record<string, number> {
  return Object.fromEntries(names.map((name, j) => [name, at(matrix, row * names.length + j)]))
}

function numbers(outputs: Outputs, name: string, length: number): Float32Array {
  const data = outputs[name]?.data
  if (data instanceof Float32Array && data.length === length) return data
  throw new ModelError(`the model has no output ${name} of ${length} numbers`, { retryable: false })
}

function at(values: Float32Array, index: number): number {
  const value = values[index]
  if (value !== undefined && Number.isFinite(value)) return value
  throw new ModelError(`the model answered ${value}`, { retryable: false })
}
