import type { GraphBuilder, Value } from '../_onnx/graph-builder.ts'
import { inputType } from '../_runtime/encode-feeds.ts'
import type { ExplainedManifest } from '../_runtime/manifest.ts'
import type { ExplainedRow } from '../_runtime/read-rows.ts'
import { type FeatureTable, hideFeature, type KeyReading } from './feature-table.ts'
import { addKeyLookup } from './key-graph.ts'
import type { FittedRegressor } from './recipe.ts'

interface Variant {
  model: FittedRegressor
  /** The interval is prediction +- radius x max(prediction, floor). */
  radius: number
}

/** What an artefact computes: a model, and another for rows whose optional feature says nothing. */
export interface ServedModel {
  manifest: ExplainedManifest
  floor: number
  full: Variant
  without?: Variant & {
    /** Position of the optional feature, and the keys by which the full model knows it. */
    feature: number
    reading: KeyReading
    keys: readonly string[]
  }
}

/** The reference that every runtime must agree with. */
export function predictRows(served: ServedModel, table: FeatureTable): ExplainedRow[] {
  const { manifest, floor, full, without } = served
  const complete = full.model.explain(table)
  const reduced = without?.model.explain(hideFeature(table, manifest.features[without.feature]?.name ?? ''))
  const width = manifest.features.length
  return Array.from({ length: table.rows }, (_, row) => {
    const useFull = reduced === undefined || without === undefined || knowsKey(table, without, row)
    const { predictions, contributions } = useFull ? complete : reduced
    const own = Array.from(contributions.subarray(row * width, (row + 1) * width))
    if (!useFull) own[without.feature] = (own[without.feature] ?? 0) + without.model.baseline - full.model.baseline
    const value = predictions[row] ?? Number.NaN
    const spread = Math.max(value, floor) * (useFull ? full : without).radius
    return {
      value,
      interval: { lower: Math.max(value - spread, 0), upper: value + spread, coverage: manifest.interval.coverage },
      contributions: Object.fromEntries(manifest.features.map(({ name }, j) => [name, own[j] ?? 0])),
    }
  })
}

/** One self-contained ONNX file: raw inputs, one a feature; the prediction, its interval and its reasons come out. */
export function addServedModel(graph: GraphBuilder, { manifest, floor, full, without }: ServedModel) {
  const one = (hint: string, value: number) => graph.constant(hint, { type: 'float', shape: [1, 1], values: [value] })
  const inputs = manifest.features.map((feature) => graph.input(feature.name, inputType(feature)))
  let contributions = full.model.addContributions(graph, inputs)
  let radius = one('radius', full.radius)
  if (without !== undefined) {
    const known = addKnown(graph, inputs[without.feature] ?? '', without)
    const shift = inputs.map((_, j) => (j === without.feature ? without.model.baseline - full.model.baseline : 0))
    const shiftRow = graph.constant('shift', { type: 'float', shape: [1, inputs.length], values: shift })
    const reduced = graph.node('Add', [without.model.addContributions(graph, inputs), shiftRow])
    contributions = graph.node('Where', [known, contributions, reduced])
    radius = graph.node('Where', [known, radius, one('radius_without', without.radius)])
  }
  const axis = graph.constant('features_axis', { type: 'int64', shape: [1], values: [1] })
  const sum = graph.node('ReduceSum', [contributions, axis], { attributes: { keepdims: { int: 1 } } })
  const value = graph.node('Add', [sum, one('baseline', full.model.baseline)])
  const spread = graph.node('Mul', [graph.node('Max', [value, one('floor', floor)]), radius])
  const lower = graph.node('Max', [graph.node('Sub', [value, spread]), one('zero', 0)])
  const { name } = manifest.output
  graph.output(name, value, 'float')
  graph.output(`${name}_lower`, lower, 'float')
  graph.output(`${name}_upper`, graph.node('Add', [value, spread]), 'float')
  graph.output('contributions', contributions, 'float', inputs.length)
}

type WithoutFeature = NonNullable<ServedModel['without']>

function knowsKey(table: FeatureTable, { feature, keys }: WithoutFeature, row: number): boolean {
  const column = table.columns[feature]
  return column?.kind === 'key' && keys.includes(column.keys[row] ?? '')
}

function addKnown(graph: GraphBuilder, input: Value, { reading, keys }: WithoutFeature): Value {
  const one = { values: new Map(keys.map((key) => [key, 1])), fallback: 0 }
  const half = graph.constant('half', { type: 'float', shape: [1, 1], values: [0.5] })
  return graph.node('Greater', [addKeyLookup(graph, input, reading, one), half])
}
