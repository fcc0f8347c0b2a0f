import type { GraphBuilder, Value } from './graph-builder.ts'

/** A number for each key, and one for all others. */
export interface KeyNumbers<Key> {
  values: ReadonlyMap<Key, number>
  fallback: number
}

/** Looks up the number of each string of `input`, as `[N, 1]`. */
export function addStringLookup(graph: GraphBuilder, input: Value, { values, fallback }: KeyNumbers<string>): Value {
  const entries = values.size > 0 ? [...values] : [['', fallback] as const] // the operator wants a key
  return addLabelEncoder(graph, input, fallback, entries, { keys_strings: { strings: entries.map(([key]) => key) } })
}

/** Looks up the number of each number of `input`, as `[N, 1]`; NaN must not be among the keys. */
export function addNumberLookup(graph: GraphBuilder, input: Value, { values, fallback }: KeyNumbers<number>): Value {
  const entries = values.size > 0 ? [...values] : [[0, fallback] as const]
  return addLabelEncoder(graph, input, fallback, entries, { keys_floats: { floats: entries.map(([key]) => key) } })
}

function addLabelEncoder(
  graph: GraphBuilder,
  input: Value,
  fallback: number,
  entries: readonly (readonly [string | number, number])[],
  keys: { keys_strings: { strings: string[] } } | { keys_floats: { floats: number[] } },
): Value {
  return graph.node('LabelEncoder', [input], {
    domain: 'ai.onnx.ml',
    attributes: {
      ...keys,
      values_floats: { floats: entries.map(([, value]) => value) },
      default_float: { float: fallback },
    },
  })
}

/** The lower-cased first word of each string. The appended word keeps an empty text from having none. */
export function addFirstWord(graph: GraphBuilder, input: Value): Value {
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
