import type { GraphBuilder, Value } from './graph-builder.ts'
import { addOrdinal } from './ordinal.ts'

interface LevelColumns {
  levels: Parameters<typeof addOrdinal>[2]['levels']
  /** What each column stands for: the place of a level, -1 for all other levels, -2 for what is not known. */
  codes: ArrayLike<number>
}

/** Adds one column of zeros and ones a code, for `input [N, 1]`, strings or floats as the levels are: `[N, codes]`. */
export function addOneHot(graph: GraphBuilder, input: Value, { levels, codes }: LevelColumns): Value {
  const row = (hint: string, values: ArrayLike<number>) =>
    graph.constant(hint, { type: 'float', shape: [1, values.length], values })
  const own = addOrdinal(graph, input, { levels, unknown: -1, missing: -2 })
  const isOwn = graph.node('Equal', [own, row('codes', codes)])
  return graph.node('Where', [isOwn, row('one', [1]), row('zero', [0])])
}
