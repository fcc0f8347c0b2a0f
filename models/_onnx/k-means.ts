import type { GraphBuilder, Value } from './graph-builder.ts'

interface NumericAxis {
  kind: 'numeric'
  column: number
  /** What a missing value counts as. */
  offset: number
  scale: number
}

interface CategoricalAxes {
  kind: 'categorical'
  column: number
  categories: ArrayLike<number>
  /** What a missing category counts as. */
  mode: number
  size: number
}

/** Centres in a space where a number is (value - offset) x scale, and a category `size` in a dimension of its own. */
export interface Clusters {
  clusters: number
  space: { dimensions: number; axes: readonly (NumericAxis | CategoricalAxes)[] }
  /** Row-major. */
  centres: ArrayLike<number>
}

/** Adds the distance of each row of `input [N, columns]` to each centre: `[N, clusters]`. */
export function addCentreDistances(graph: GraphBuilder, input: Value, { clusters, space, centres }: Clusters): Value {
  const { dimensions } = space
  const numbers = space.axes.filter((axis) => axis.kind === 'numeric')
  const parts = [
    ...(numbers.length > 0 ? [addNumbers(graph, input, numbers)] : []),
    ...space.axes.filter((axis) => axis.kind === 'categorical').map((axes) => addCategories(graph, input, axes)),
  ]
  const [first = input, ...others] = parts
  const places = others.length === 0 ? first : graph.node('Concat', parts, { attributes: { axis: { int: 1 } } })
  const shape = graph.constant('shape', { type: 'int64', shape: [3], values: [-1, 1, dimensions] })
  const centre = graph.constant('centres', { type: 'float', shape: [1, clusters, dimensions], values: centres })
  const axis = graph.constant('axis', { type: 'int64', shape: [1], values: [2] })
  const differences = graph.node('Sub', [graph.node('Reshape', [places, shape]), centre])
  return graph.node('ReduceL2', [differences, axis], { attributes: { keepdims: { int: 0 } } })
}

/** Adds the number of the nearest centre, from the distances of `addCentreDistances`: int64 `[N, 1]`. */
export function addNearestCentre(graph: GraphBuilder, distances: Value): Value {
  return graph.node('ArgMin', [distances], { attributes: { axis: { int: 1 }, keepdims: { int: 1 } } })
}

function addNumbers(graph: GraphBuilder, input: Value, axes: readonly NumericAxis[]): Value {
  const row = (hint: string, values: readonly number[]) =>
    graph.constant(hint, { type: 'float', shape: [1, values.length], values })
  const columns = axes.map(({ column }) => column)
  const offsets = row(
    'offsets',
    axes.map(({ offset }) => offset),
  )
  const scales = row(
    'scales',
    axes.map(({ scale }) => scale),
  )
  const numbers = addColumns(graph, input, columns)
  const known = graph.node('Where', [graph.node('IsNaN', [numbers]), offsets, numbers])
  return graph.node('Mul', [graph.node('Sub', [known, offsets]), scales])
}

function addCategories(graph: GraphBuilder, input: Value, { column, categories, mode, size }: CategoricalAxes): Value {
  const one = (hint: string, value: number) => graph.constant(hint, { type: 'float', shape: [1, 1], values: [value] })
  const codes = addColumns(graph, input, [column])
  const known = graph.node('Where', [graph.node('IsNaN', [codes]), one('mode', mode), codes])
  const dimensions = graph.constant('categories', { type: 'float', shape: [1, categories.length], values: categories })
  return graph.node('Where', [graph.node('Equal', [known, dimensions]), one('size', size), one('other', 0)])
}

function addColumns(graph: GraphBuilder, input: Value, columns: readonly number[]): Value {
  const indices = graph.constant('columns', { type: 'int64', shape: [columns.length], values: columns })
  return graph.node('Gather', [input, indices], { attributes: { axis: { int: 1 } } })
}
