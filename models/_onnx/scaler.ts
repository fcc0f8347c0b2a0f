import type { GraphBuilder, Value } from './graph-builder.ts'

/** scaled = (value - offset) x factor + shift */
interface ColumnScaling {
  offsets: ArrayLike<number>
  factors: ArrayLike<number>
  shift: number
}

/** Adds a scaling of each column of `input [N, columns]`; NaN stays. */
export function addScaler(graph: GraphBuilder, input: Value, { offsets, factors, shift }: ColumnScaling): Value {
  const row = (hint: string, values: ArrayLike<number>) =>
    graph.constant(hint, { type: 'float', shape: [1, values.length], values })
  const centred = graph.node('Sub', [input, row('offsets', offsets)])
  const scaled = graph.node('Mul', [centred, row('factors', factors)])
  return shift === 0 ? scaled : graph.node('Add', [scaled, row('shift', [shift])])
}
