import type { GraphBuilder, Value } from './graph-builder.ts'
import { addUnitLength } from './unit-length.ts'

interface Rows {
  rows: number
  width: number
  values: ArrayLike<number>
}

/** alpha x sum of weight x exp(-beta (1 - key . x)) for the class of each key, + the products with a row a class, if there are. */
interface CacheOfShots {
  classes: number
  keys: Rows
  labels: ArrayLike<number>
  weights: ArrayLike<number>
  alpha: number
  beta: number
  zeroShot?: Rows
}

/** Adds a cache adapter over embeddings `[N, width]` that gives logits `[N, classes]`. */
export function addCacheAdapter(graph: GraphBuilder, input: Value, adapter: CacheOfShots): Value {
  const { keys, zeroShot } = adapter
  const embeddings = addUnitLength(graph, input)
  const parts = [
    ...(keys.rows > 0 ? [addCache(graph, embeddings, adapter)] : []),
    ...(zeroShot === undefined ? [] : [graph.node('MatMul', [embeddings, addColumns(graph, 'prototypes', zeroShot)])]),
  ]
  const [first, second] = parts
  if (first === undefined) throw new Error('an adapter without shots and zero-shot logits says nothing')
  return second === undefined ? first : graph.node('Add', [first, second])
}

function addCache(graph: GraphBuilder, embeddings: Value, { classes, keys, ...adapter }: CacheOfShots): Value {
  const one = (hint: string, value: number) => graph.constant(hint, { type: 'float', shape: [1, 1], values: [value] })
  const cosines = graph.node('MatMul', [embeddings, addColumns(graph, 'keys', keys)])
  const distances = graph.node('Sub', [cosines, one('nearest', 1)])
  const affinities = graph.node('Exp', [graph.node('Mul', [distances, one('beta', adapter.beta)])])
  const values = new Float64Array(keys.rows * classes)
  for (let shot = 0; shot < keys.rows; shot++)
    values[shot * classes + (adapter.labels[shot] ?? 0)] = adapter.alpha * (adapter.weights[shot] ?? 0)
  return graph.node('MatMul', [
    affinities,
    graph.constant('values', { type: 'float', shape: [keys.rows, classes], values }),
  ])
}

/** Rows as the columns of a constant `[width, rows]`. */
function addColumns(graph: GraphBuilder, hint: string, { rows, width, values }: Rows): Value {
  const turned = Float64Array.from(
    { length: rows * width },
    (_, i) => values[(i % rows) * width + Math.floor(i / rows)] ?? 0,
  )
  return graph.constant(hint, { type: 'float', shape: [width, rows], values: turned })
}
