import { ELEMENT_TYPES, type GraphBuilder, type Value } from './graph-builder.ts'
import { addQuantisedLinear, addRowQuantisation, type QuantisedMatrix } from './quantised-linear.ts'

export interface Linear {
  matrix: QuantisedMatrix
  bias: Float32Array
}

/** What a layer normalisation learned, one number a column each. */
export interface Norm {
  scale: Float32Array
  bias: Float32Array
}

export interface BertLayer {
  /** Queries, keys and values side by side: `columns -> 3 x columns`. */
  attention: Linear
  attentionOutput: Linear
  attentionNorm: Norm
  intermediate: Linear
  output: Linear
  outputNorm: Norm
}

/** A text encoder of the BERT family (Devlin et al., 2018), made for sentences (Reimers & Gurevych, 2019). */
export interface BertEncoder {
  heads: number
  /** Added inside every square root of a layer normalisation. */
  normEpsilon: number
  /** `tokens x columns`, with a scale a token. */
  words: { values: Int8Array; scales: Float32Array }
  /** `maximum length x columns`; a kind of token, where there is only one, is added to it. */
  positions: Float32Array
  embeddingNorm: Norm
  layers: readonly BertLayer[]
}

/** What GELU never goes below, nearly reached in every row. */
const leastOfGelu = -0.16997121
/** An addend this low leaves nothing of what it is added to after a softmax. */
const masked = -1e9

/**
 * Adds token ids `[batch, sequence]` -> the mean over the tokens that the mask has 1 for, of length 1: `[batch, columns]`.
 */
export function addBertEncoder(graph: GraphBuilder, ids: Value, mask: Value, model: BertEncoder): Value {
  const weights = graph.node('Cast', [mask], { attributes: { to: { int: ELEMENT_TYPES.float } } })
  const addend = addMaskAddend(graph, weights)
  let x = addNorm(graph, addEmbeddings(graph, ids, model), model.embeddingNorm, model.normEpsilon)
  for (const layer of model.layers) x = addLayer(graph, x, addend, layer, model)
  return addMean(graph, x, weights)
}

function addEmbeddings(graph: GraphBuilder, ids: Value, { words, positions, embeddingNorm }: BertEncoder): Value {
  const columns = embeddingNorm.scale.length
  const table = (values: ArrayLike<number>): [number, number] => [values.length / columns, columns]
  const integers = graph.constant('words', { type: 'int8', shape: table(words.values), values: words.values })
  const scales = graph.constant('words_scales', {
    type: 'float',
    shape: [words.scales.length, 1],
    values: words.scales,
  })
  const rows = graph.node('Cast', [graph.node('Gather', [integers, ids])], {
    attributes: { to: { int: ELEMENT_TYPES.float } },
  })
  const word = graph.node('Mul', [rows, graph.node('Gather', [scales, ids])])
  const position = graph.constant('positions', { type: 'float', shape: table(positions), values: positions })
  const sequence = graph.node('Shape', [ids], { attributes: { start: { int: 1 } } })
  const places = graph.node('Slice', [position, integersOf(graph, [0]), sequence, integersOf(graph, [0])])
  return graph.node('Add', [word, places])
}

/** 0 where a token is, so much below 0 where none is that attention ignores it: `[batch, 1, 1, sequence]`. */
function addMaskAddend(graph: GraphBuilder, weights: Value): Value {
  const absent = graph.node('Sub', [floatOf(graph, 1), weights])
  return graph.node('Unsqueeze', [graph.node('Mul', [absent, floatOf(graph, masked)]), integersOf(graph, [1, 2])])
}

function addLayer(graph: GraphBuilder, x: Value, mask: Value, layer: BertLayer, model: BertEncoder): Value {
  const { normEpsilon: epsilon } = model
  const attended = addLinear(graph, addAttention(graph, x, mask, layer, model), layer.attentionOutput)
  const rested = addNorm(graph, graph.node('Add', [attended, x]), layer.attentionNorm, epsilon)
  const wide = graph.node('Gelu', [addLinear(graph, rested, layer.intermediate)])
  return addNorm(
    graph,
    graph.node('Add', [addLinear(graph, wide, layer.output, leastOfGelu), rested]),
    layer.outputNorm,
    epsilon,
  )
}

function addAttention(
  graph: GraphBuilder,
  x: Value,
  mask: Value,
  { attention }: BertLayer,
  { heads }: BertEncoder,
): Value {
  const columns = attention.matrix.inputs
  const all = addLinear(graph, x, attention)
  const [query = '', key = '', value = ''] = graph.nodeWithOutputs('Split', [all], 3, {
    attributes: { axis: { int: -1 }, num_outputs: { int: 3 } },
  })
  const shape = integersOf(graph, [0, 0, heads, columns / heads])
  const perHead = (it: Value, ...perm: number[]) =>
    graph.node('Transpose', [graph.node('Reshape', [it, shape])], { attributes: { perm: { ints: perm } } })
  // The scale by the root of a head's columns is in the weights of the queries.
  const scores = graph.node('MatMul', [perHead(query, 0, 2, 1, 3), perHead(key, 0, 2, 3, 1)])
  const shares = graph.node('Softmax', [graph.node('Add', [scores, mask])], { attributes: { axis: { int: -1 } } })
  const mixed = graph.node('MatMul', [shares, perHead(value, 0, 2, 1, 3)])
  const rows = graph.node('Transpose', [mixed], { attributes: { perm: { ints: [0, 2, 1, 3] } } })
  return graph.node('Reshape', [rows, integersOf(graph, [0, 0, columns])])
}

/** Over the tokens that count, scaled to length 1. */
function addMean(graph: GraphBuilder, x: Value, weights: Value): Value {
  const weight = graph.node('Unsqueeze', [weights, integersOf(graph, [2])])
  const axes = integersOf(graph, [1])
  const sum = graph.node('ReduceSum', [graph.node('Mul', [x, weight]), axes], { attributes: { keepdims: { int: 0 } } })
  // The length of the sum is that of the mean times the number of tokens: dividing by it makes the number cancel out.
  const length = graph.node('ReduceL2', [sum, axes], { attributes: { keepdims: { int: 1 } } })
  return graph.node('Div', [sum, length])
}

/** @param least see {@link addRowQuantisation} */
function addLinear(graph: GraphBuilder, x: Value, { matrix, bias }: Linear, least?: number): Value {
  return addQuantisedLinear(graph, addRowQuantisation(graph, x, least), matrix, bias)
}

function addNorm(graph: GraphBuilder, x: Value, { scale, bias }: Norm, epsilon: number): Value {
  const shape = [scale.length]
  const parameters = [scale, bias].map((values) => graph.constant('norm', { type: 'float', shape, values }))
  return graph.node('LayerNormalization', [x, ...parameters], {
    attributes: { axis: { int: -1 }, epsilon: { float: epsilon } },
  })
}

const integersOf = (graph: GraphBuilder, values: number[]) =>
  graph.constant('integers', { type: 'int64', shape: [values.length], values })

const floatOf = (graph: GraphBuilder, value: number) =>
  graph.constant('number', { type: 'float', shape: [], values: [value] })
