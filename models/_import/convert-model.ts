import type { onnx } from 'onnx-proto'
import { ELEMENT_TYPES, GraphBuilder, IR_VERSION, OPSETS, type Value, type Versions } from '../_onnx/graph-builder.ts'
import { domainName } from '../_onnx/lint/naming.ts'
import { inputType } from '../_runtime/encode-feeds.ts'
import type { Manifest } from '../_runtime/manifest.ts'
import type { Binding } from './bind-inputs.ts'
import type { DraftFeature } from './manifest-draft.ts'
import type { PickedOutput } from './pick-output.ts'

export interface Conversion {
  model: onnx.IModelProto
  graph: onnx.IGraphProto
  bindings: readonly Binding[]
  picked: PickedOutput
  manifest: Manifest
  /** The interval is prediction +- radius. */
  radius?: number
  metadata: Readonly<Record<string, string>>
}

/**
 * Writes a foreign model anew with the inputs and outputs that artefacts have: one `[N, 1]` a feature in the manifest's
 * order; the prediction `[N, 1]`, with its interval where there is a radius, or the probabilities `[N, classes]`.
 */
export function convertModel({ model, graph, bindings, picked, manifest, radius, metadata }: Conversion): Uint8Array {
  const builder = new GraphBuilder(manifest.name)
  const inputs = new Map(manifest.features.map((one) => [one.name, builder.input(one.name, inputType(one))]))
  const given = new Map(bindings.map((binding) => [binding.input, addInput(builder, binding, inputs)]))
  const values = builder.graft(neededFor(picked.value, graph, given), given)
  const found = values.get(picked.value)
  if (found === undefined) throw new Error(`nothing in the model makes ${picked.value}`)
  addOutputs(builder, addTable(builder, found, picked), manifest, radius)
  return builder.build(metadata, versionsFor(model, graph, bindings))
}

function addInput(builder: GraphBuilder, { type, features }: Binding, inputs: ReadonlyMap<string, Value>): Value {
  const columns = features.map((feature) => {
    const input = inputs.get(feature.name) ?? ''
    return feature.type === 'category' && type !== 'string' ? addCodes(builder, input, feature) : input
  })
  const [first = ''] = columns
  const table = columns.length === 1 ? first : builder.node('Concat', columns, { attributes: { axis: { int: 1 } } })
  return type === 'string' || type === 'float' ? table : cast(builder, table, type)
}

/** What is none of the choices, or not known, is NaN: learners take it as missing. */
function addCodes(
  builder: GraphBuilder,
  input: Value,
  { choices, codes }: Extract<DraftFeature, { type: 'category' }>,
) {
  return builder.node('LabelEncoder', [input], {
    domain: 'ai.onnx.ml',
    attributes: {
      keys_strings: { strings: choices },
      values_floats: { floats: codes ?? choices.map((_, code) => code) },
      default_float: { float: Number.NaN },
    },
  })
}

/** Exporters give `[N]` or `[N, columns]`, of either precision; of two classes some give the second one only. */
function addTable(builder: GraphBuilder, value: Value, { isFloat, columns, classes }: PickedOutput): Value {
  const float = isFloat ? value : cast(builder, value, 'float')
  const shape = builder.constant('shape', { type: 'int64', shape: [2], values: [-1, columns] })
  const table = builder.node('Reshape', [float, shape])
  if (classes === undefined || columns === classes.length) return table
  const one = builder.constant('one', { type: 'float', shape: [1, 1], values: [1] })
  const attributes = { axis: { int: 1 } }
  return builder.node('Concat', [builder.node('Sub', [one, table]), table], { attributes })
}

function addOutputs(builder: GraphBuilder, table: Value, { output, classes }: Manifest, radius: number | undefined) {
  builder.output(output.name, table, 'float', classes?.length ?? 1)
  if (radius === undefined) return
  const spread = builder.constant('radius', { type: 'float', shape: [1, 1], values: [radius] })
  builder.output(`${output.name}_lower`, builder.node('Sub', [table, spread]), 'float')
  builder.output(`${output.name}_upper`, builder.node('Add', [table, spread]), 'float')
}

function cast(builder: GraphBuilder, value: Value, type: keyof typeof ELEMENT_TYPES): Value {
  return builder.node('Cast', [value], { attributes: { to: { int: ELEMENT_TYPES[type] } } })
}

/** The part of a graph that a value is made of: labels and maps that nobody is given are left behind. */
function neededFor(value: string, graph: onnx.IGraphProto, given: ReadonlyMap<string, Value>) {
  const needed = new Set([value])
  const node = (graph.node ?? []).toReversed().filter(({ input, output }) => {
    const isNeeded = (output ?? []).some((name) => needed.has(name))
    if (isNeeded) for (const name of input ?? []) needed.add(name)
    return isNeeded
  })
  const initializer = (graph.initializer ?? []).filter(({ name }) => needed.has(name ?? '') && !given.has(name ?? ''))
  return { node: node.toReversed(), initializer }
}

/**
 * The versions that the new file is written in: those of the foreign one, for its operators mean what they meant there,
 * and newer where that changes nothing for it.
 */
function versionsFor(model: onnx.IModelProto, graph: onnx.IGraphProto, bindings: readonly Binding[]): Versions {
  const found = new Map((model.opsetImport ?? []).map(({ domain, version }) => [domainName(domain), Number(version)]))
  const standard = found.get('') ?? OPSETS['']
  const learned = found.get('ai.onnx.ml') ?? OPSETS['ai.onnx.ml']
  // Only LabelEncoder changed between the first version and the third in what files of the first can say.
  const isBound = (graph.node ?? []).some(({ opType }) => opType === 'LabelEncoder') && learned < 2
  const hasCodes = bindings.some(
    ({ type, features }) => type !== 'string' && features.some((one) => one.type === 'category'),
  )
  if (isBound && hasCodes)
    throw new Error(
      "the model uses LabelEncoder of the first version of ai.onnx.ml, which cannot stand beside the categories' codes: export it with target_opset={'ai.onnx.ml': 3}",
    )
  return {
    irVersion: Math.max(Number(model.irVersion), IR_VERSION),
    opsets: { '': standard, 'ai.onnx.ml': isBound ? learned : Math.max(learned, OPSETS['ai.onnx.ml']) },
  }
}
