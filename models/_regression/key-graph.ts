import type { GraphBuilder, Value } from '../_onnx/graph-builder.ts'
import type { KeyReading } from './feature-table.ts'

/** A number for each key; `fallback` for all others and for what is not known. */
export interface KeyValues {
  values: ReadonlyMap<string, number>
  fallback: number
}

export function lookUpKey({ values, fallback }: KeyValues, key: string): number {
  return values.get(key) ?? fallback
}

/** Adds nodes that read a string input `[N, 1]` as a key and look its number up: misspelt keys are mended inside the artefact. */
export function addKeyLookup(graph: GraphBuilder, input: Value, reading: KeyReading, table: KeyValues): Value {
  const spellings = new Map(table.values)
  for (const [alias, key] of Object.entries(reading.aliases)) {
    const value = table.values.get(key)
    if (value !== undefined) spellings.set(alias, value)
  }
  if (spellings.size === 0) spellings.set('', table.fallback) // the operator wants a key
  const key = reading.read === 'first_word' ? addFirstWord(graph, input) : input
  return graph.node('LabelEncoder', [key], {
    domain: 'ai.onnx.ml',
    attributes: {
      keys_strings: { strings: [...spellings.keys()] },
      values_floats: { floats: [...spellings.values()] },
      default_float: { float: table.fallback },
    },
  })
}

/** The lower-cased first word. The appended word keeps an empty text from having none. */
function addFirstWord(graph: GraphBuilder, input: Value): Value {
  const flat = graph.node('Reshape', [input, graph.constant('flat', { type: 'int64', shape: [1], values: [-1] })])
  const ending = graph.constant('ending', { type: 'string', shape: [1], values: [' ?'] })
  const padded = graph.node('StringConcat', [flat, ending])
  const lower = graph.node('StringNormalizer', [padded], {
    attributes: { case_change_action: { string: 'LOWER' }, is_case_sensitive: { int: 1 }, locale: { string: 'C' } },
  })
  const [words = ''] = graph.nodeWithOutputs('StringSplit', [lower], 2, { attributes: { maxsplit: { int: 1 } } })
  const zero = graph.constant('first', { type: 'int64', shape: [1], values: [0] })
  return graph.node('Gather', [words, zero], { attributes: { axis: { int: 1 } } })
}
