import { ELEMENT_TYPES, type GraphBuilder, type Value } from './graph-builder.ts'

/** A matrix in 8 bits a number: value = integer x scale of its output. */
export interface QuantisedMatrix {
  /** `inputs x outputs`, input by input. */
  values: Int8Array
  inputs: number
  outputs: number
  /** One an output. */
  scales: Float32Array
}

/** Rows `[..., columns]` in 8 bits a number: value = integer x unit + least, and each row has its own two. */
export interface QuantisedRows {
  integers: Value
  /** `[..., 1]` */
  unit: Value
  /** `[..., 1]`, or what it is for all rows. */
  least: Value | number
}

const greatestInteger = 255

/**
 * Finds unit and least value of each row, so that a row's integers do not depend on its neighbours, as those of
 * `DynamicQuantizeLinear` do: that loses five times as much.
 *
 * @param least the least value that there can be, where that is known and most rows come near it
 */
export function addRowQuantisation(graph: GraphBuilder, input: Value, least?: number): QuantisedRows {
  const axis = graph.constant('axis', { type: 'int64', shape: [1], values: [-1] })
  const lower = least === undefined ? graph.node('ReduceMin', [input, axis]) : addNumber(graph, least)
  const range = graph.node('Sub', [graph.node('ReduceMax', [input, axis]), lower])
  const unit = graph.node('Mul', [range, addNumber(graph, 1 / greatestInteger)])
  const share = graph.node('Div', [graph.node('Sub', [input, lower]), unit])
  // The cast cuts off what is behind the point.
  const integers = graph.node('Cast', [graph.node('Add', [share, addNumber(graph, 0.5)])], {
    attributes: { to: { int: ELEMENT_TYPES.uint8 } },
  })
  return { integers, unit, least: least ?? lower }
}

/** Adds input x matrix + bias, multiplied in integers: `[..., inputs] -> [..., outputs]`. */
export function addQuantisedLinear(
  graph: GraphBuilder,
  { integers, unit, least }: QuantisedRows,
  matrix: QuantisedMatrix,
  bias: Float32Array,
): Value {
  const { inputs, outputs } = matrix
  const weights = graph.constant('weights', { type: 'int8', shape: [inputs, outputs], values: matrix.values })
  const scales = graph.constant('scales', { type: 'float', shape: [outputs], values: matrix.scales })
  const product = graph.node('MatMulInteger', [integers, weights])
  const floats = graph.node('Cast', [product], { attributes: { to: { int: ELEMENT_TYPES.float } } })
  const scaled = graph.node('Mul', [graph.node('Mul', [floats, scales]), unit])
  return graph.node('Add', [scaled, addOffset(graph, least, sumsOfOutputs(matrix), bias)])
}

/** What the least value of each input adds, and the bias. */
function addOffset(graph: GraphBuilder, least: Value | number, sums: Float32Array, bias: Float32Array): Value {
  const vector = (values: Float32Array) => graph.constant('offset', { type: 'float', shape: [values.length], values })
  if (typeof least === 'number') return vector(bias.map((value, i) => value + least * (sums[i] ?? 0)))
  return graph.node('Add', [graph.node('Mul', [least, vector(sums)]), vector(bias)])
}

/** One an output. */
function sumsOfOutputs({ values, scales, outputs }: QuantisedMatrix): Float32Array {
  const sums = new Float32Array(outputs)
  for (const [i, value] of values.entries()) sums[i % outputs] = (sums[i % outputs] ?? 0) + value
  return sums.map((sum, i) => sum * (scales[i] ?? 0))
}

const addNumber = (graph: GraphBuilder, value: number) =>
  graph.constant('number', { type: 'float', shape: [], values: [value] })
