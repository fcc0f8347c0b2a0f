import type { GraphBuilder, Value } from './graph-builder.ts'

/** Scales each row of `input [N, columns]` to length 1; a row of zeros stays. */
export function addUnitLength(graph: GraphBuilder, input: Value): Value {
  const axis = graph.constant('axis', { type: 'int64', shape: [1], values: [1] })
  const least = graph.constant('least', { type: 'float', shape: [1, 1], values: [1e-30] })
  const length = graph.node('ReduceL2', [input, axis], { attributes: { keepdims: { int: 1 } } })
  return graph.node('Div', [input, graph.node('Max', [length, least])])
}
