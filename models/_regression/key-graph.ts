import type { GraphBuilder, Value } from '../_onnx/graph-builder.ts'
import { addFirstWord, addStringLookup, type KeyNumbers } from '../_onnx/key-lookup.ts'
import type { KeyReading } from './feature-table.ts'

/** A number for each key; `fallback` for all others and for what is not known. */
export type KeyValues = KeyNumbers<string>

export function lookUpKey({ values, fallback }: KeyValues, key: string): number {
  return values.get(key) ?? fallback
}

/** Adds nodes that read a string input `[N, 1]` as a key and look its number up: misspelt keys are mended inside the artefact. */
export function addKeyLookup(graph: GraphBuilder, input: Value, reading: KeyReading, table: KeyValues): Value {
  const values = new Map(table.values)
  for (const [alias, key] of Object.entries(reading.aliases)) {
    const value = table.values.get(key)
    if (value !== undefined) values.set(alias, value)
  }
  const key = reading.read === 'first_word' ? addFirstWord(graph, input) : input
  return addStringLookup(graph, key, { values, fallback: table.fallback })
}
