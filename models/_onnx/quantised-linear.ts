import type { GraphBuilder, Value } from './graph-builder.ts'

/** A matrix in 8 bits a number: value = integer x scale of its output. */
export interface QuantisedMatrix {
  /** `inputs x outputs`, input by input. */
  values: Int8Array
  inputs: number
  outputs: number
  /** One an output. */
  scales: Float32Array
}

/** A tensor in 8 bits a number: value = (integer - zero point) x scale. */
export interface Quantised {
  values: Value
  scale: Value
  zeroPoint: Value
}

/** Finds scale and zero point from the least and the greatest value, each time anew. */
export function addQuantisation(graph: GraphBuilder, input: Value): Quantised {
  const [values = '', scale = '', zeroPoint = ''] = graph.nodeWithOutputs('DynamicQuantizeLinear', [input], 3)
  return { values, scale, zeroPoint }
}

/** Adds input x matrix + bias, multiplied in integers: `[..., inputs] -> [..., outputs]`. */
export function addQuantisedLinear(
  graph: GraphBuilder,
  { values, scale, zeroPoint }: Quantised,
  matrix: QuantisedMatrix,
  bias: Float32Array,
): Value {
  const { inputs, outputs } = matrix
  const weights = graph.constant('weights', { type: 'int8', shape: [inputs, outputs], values: matrix.values })
  const scales = graph.constant('scales', { type: 'float', shape: [outputs], values: matrix.scales })
  const offset = graph.constant('bias', { type: 'float', shape: [outputs], values: bias })
  const product = graph.node('MatMulInteger', [values, weights, zeroPoint])
  const floats = graph.node('Cast', [product], { attributes: { to: { int: 1 } } })
  return graph.node('Add', [graph.node('Mul', [floats, graph.node('Mul', [scale, scales])]), offset])
}
