import type { GraphBuilder, Value } from './graph-builder.ts'

/** ONNX's number for the type. */
const INT64 = 7

/** score = user's factors . item's factors */
export interface MatrixFactors {
  users: number
  items: number
  factors: number
  /** Row-major. */
  userFactors: ArrayLike<number>
  itemFactors: ArrayLike<number>
}

/** Adds the factors `[N, factors]` of users who are given by their numbers `[N, 1]`: floats, whole and below 2^24. */
export function addUserFactors(graph: GraphBuilder, input: Value, model: MatrixFactors): Value {
  const { users, factors, userFactors } = model
  const rows = graph.constant('user_factors', { type: 'float', shape: [users, factors], values: userFactors })
  const flat = graph.constant('flat', { type: 'int64', shape: [1], values: [-1] })
  const numbers = graph.node('Cast', [graph.node('Reshape', [input, flat])], { attributes: { to: { int: INT64 } } })
  return graph.node('Gather', [rows, numbers], { attributes: { axis: { int: 0 } } })
}

/** Adds the score of each item for users of whom the factors `[N, factors]` are given: `[N, items]`. */
export function addItemScores(
  graph: GraphBuilder,
  input: Value,
  { items, factors, itemFactors }: MatrixFactors,
): Value {
  const turned = Float32Array.from(
    { length: items * factors },
    (_, i) => itemFactors[(i % items) * factors + Math.floor(i / items)] ?? 0,
  )
  const columns = graph.constant('item_factors', { type: 'float', shape: [factors, items], values: turned })
  return graph.node('MatMul', [input, columns])
}

/** Adds the `count` best of scores `[N, items]`, best first: their scores `[N, count]` and the items, int64 `[N, count]`. */
export function addBestItems(graph: GraphBuilder, scores: Value, count: number): { scores: Value; items: Value } {
  const size = graph.constant('count', { type: 'int64', shape: [1], values: [count] })
  const [best, items] = graph.nodeWithOutputs('TopK', [scores, size], 2, { attributes: { axis: { int: 1 } } })
  return { scores: best as Value, items: items as Value }
}
