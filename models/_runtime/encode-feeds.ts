import type { Columns, Feature, Manifest, Value } from './manifest.ts'

/** One input tensor `[rows, columns]` by rows, ready for any ONNX runtime; one column unless it says otherwise. */
export type Feed =
  | { name: string; type: 'float32'; data: Float32Array; rows: number; columns?: number }
  | { name: string; type: 'string'; data: string[]; rows: number; columns?: number }

/** The element type of a feature's input tensor. */
export function inputType({ type }: Feature): 'float' | 'string' {
  return type === 'category' || type === 'text' ? 'string' : 'float'
}

/** Validated columns -> tensors in the artefact's input order. What is not known is NaN or the empty string. */
export function encodeFeeds(manifest: Manifest, columns: Columns, rows: number): Feed[] {
  return manifest.features.map((feature) => encodeFeed(feature, columns[feature.name] ?? [], rows))
}

function encodeFeed(feature: Feature, column: readonly Value[], rows: number): Feed {
  if (inputType(feature) === 'string') {
    // Runtimes hand strings on as UTF-8, which half a surrogate pair is not: they fail on it.
    const data = Array.from({ length: rows }, (_, row) => String(column[row] ?? '').toWellFormed())
    return { name: feature.name, type: 'string', data, rows }
  }
  const data = Float32Array.from({ length: rows }, (_, row) => numberOrMissing(column[row]))
  return { name: feature.name, type: 'float32', data, rows }
}

function numberOrMissing(value: Value | undefined): number {
  return typeof value === 'number' ? value : Number.NaN
}
