import type { GraphBuilder, Value } from './graph-builder.ts'

interface ColumnBounds {
  lows: ArrayLike<number>
  highs: ArrayLike<number>
}

/** Draws each column of `input [N, columns]` in to its bounds; NaN stays, which not all runtimes' Min and Max promise. */
export function addClipper(graph: GraphBuilder, input: Value, { lows, highs }: ColumnBounds): Value {
  const row = (hint: string, values: ArrayLike<number>) =>
    graph.constant(hint, { type: 'float', shape: [1, values.length], values })
  const low = row('lows', lows)
  const high = row('highs', highs)
  const raised = graph.node('Where', [graph.node('Greater', [low, input]), low, input])
  return graph.node('Where', [graph.node('Greater', [raised, high]), high, raised])
}
