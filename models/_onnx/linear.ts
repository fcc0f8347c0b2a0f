import type { GraphBuilder, Value } from './graph-builder.ts'

/** prediction = baseline + sum of coefficient x (value - mean) */
export interface LinearLaw {
  baseline: number
  means: ArrayLike<number>
  coefficients: ArrayLike<number>
}

/** Adds a linear model over `input [N, columns]` that gives `[N, 1]`. */
export function addLinear(graph: GraphBuilder, input: Value, { baseline, means, coefficients }: LinearLaw): Value {
  const columns = coefficients.length
  const mean = graph.constant('means', { type: 'float', shape: [1, columns], values: means })
  const slopes = graph.constant('coefficients', { type: 'float', shape: [columns, 1], values: coefficients })
  const start = graph.constant('baseline', { type: 'float', shape: [1, 1], values: [baseline] })
  const sum = graph.node('MatMul', [graph.node('Sub', [input, mean]), slopes])
  return graph.node('Add', [sum, start])
}
