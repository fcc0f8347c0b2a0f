import { GraphBuilder } from '../_onnx/graph-builder.ts'
import type { Manifest } from '../_runtime/manifest.ts'
import type { FittedRegressor } from './recipe.ts'

/** The interval is prediction +- radius x max(prediction, floor): wider where the prediction is larger. */
export interface IntervalRule {
  radius: number
  floor: number
}

/** One self-contained ONNX file: raw inputs, one a feature; the prediction, its interval and its reasons come out. */
export function buildArtefact(
  manifest: Manifest,
  model: FittedRegressor,
  { radius, floor }: IntervalRule,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const graph = new GraphBuilder(manifest.name)
  const one = (hint: string, value: number) => graph.constant(hint, { type: 'float', shape: [1, 1], values: [value] })
  const inputs = manifest.features.map(({ name, type }) =>
    graph.input(name, type === 'category' || type === 'text' ? 'string' : 'float'),
  )
  const contributions = model.addContributions(graph, inputs)
  const axis = graph.constant('features_axis', { type: 'int64', shape: [1], values: [1] })
  const sum = graph.node('ReduceSum', [contributions, axis], { attributes: { keepdims: { int: 1 } } })
  const value = graph.node('Add', [sum, one('baseline', model.baseline)])
  const spread = graph.node('Mul', [graph.node('Max', [value, one('floor', floor)]), one('radius', radius)])
  const lower = graph.node('Max', [graph.node('Sub', [value, spread]), one('zero', 0)])
  const { name } = manifest.output
  graph.output(name, value, 'float')
  graph.output(`${name}_lower`, lower, 'float')
  graph.output(`${name}_upper`, graph.node('Add', [value, spread]), 'float')
  graph.output('contributions', contributions, 'float', inputs.length)
  return graph.build(metadata)
}
