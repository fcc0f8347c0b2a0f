import type { GraphBuilder, Value } from './graph-builder.ts'

interface GapFilling {
  fills: ArrayLike<number>
  /** Columns that get one of their own behind all: 1 where they are not known. */
  indicated: readonly number[]
}

/** Fills the gaps of `input [N, columns]`: `[N, columns + indicators]`. */
export function addImputer(graph: GraphBuilder, input: Value, { fills, indicated }: GapFilling): Value {
  const row = (hint: string, values: ArrayLike<number>) =>
    graph.constant(hint, { type: 'float', shape: [1, values.length], values })
  const isMissing = graph.node('IsNaN', [input])
  const filled = graph.node('Where', [isMissing, row('fills', fills), input])
  if (indicated.length === 0) return filled
  const gaps = graph.node('Where', [isMissing, row('gap', [1]), row('no_gap', [0])])
  const places = graph.constant('indicated', { type: 'int64', shape: [indicated.length], values: indicated })
  const indicators = graph.node('Gather', [gaps, places], { attributes: { axis: { int: 1 } } })
  return graph.node('Concat', [filled, indicators], { attributes: { axis: { int: 1 } } })
}
