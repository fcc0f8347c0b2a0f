import type { Manifest } from './manifest.ts'
import { ModelError } from './model-error.ts'

export interface PredictedRow {
  value: number
  /** Holds the truth with the probability `coverage`. */
  interval: { lower: number; upper: number; coverage: number }
  /** What each feature adds to the manifest's baseline: baseline + their sum = value. */
  contributions: Record<string, number>
}

type Outputs = Readonly<Record<string, { data: unknown; dims: readonly number[] } | undefined>>

/** The artefact's output tensors as one record a row. */
export function readRows(manifest: Manifest, rows: number, outputs: Outputs): PredictedRow[] {
  const { features, output, interval } = manifest
  const value = numbers(outputs, output.name, rows)
  const lower = numbers(outputs, `${output.name}_lower`, rows)
  const upper = numbers(outputs, `${output.name}_upper`, rows)
  const contributions = numbers(outputs, 'contributions', rows * features.length)
  return Array.from({ length: rows }, (_, row) => ({
    value: at(value, row),
    interval: { lower: at(lower, row), upper: at(upper, row), coverage: interval.coverage },
    contributions: Object.fromEntries(
      features.map(({ name }, j) => [name, at(contributions, row * features.length + j)]),
    ),
  }))
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
