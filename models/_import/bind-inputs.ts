import type { onnx } from 'onnx-proto'
import { ELEMENT_TYPES, type ElementType } from '../_onnx/graph-builder.ts'
import { callerInputs } from '../_onnx/lint/check-interface.ts'
import type { DraftFeature, ManifestDraft } from './manifest-draft.ts'

/** An input of a foreign model, and the features that are its columns. */
export interface Binding {
  input: string
  type: ElementType
  features: DraftFeature[]
}

interface ForeignInput {
  name: string
  type: ElementType
  /** 0 where the file does not say. */
  columns: number
}

/**
 * Which features each input of a foreign model takes: as the draft says; else those of its name, where every input is one
 * column named like a feature; else so many as it has columns, in order.
 *
 * @throws Error that says which input or feature is left over, or which types do not go together
 */
export function bindInputs(graph: onnx.IGraphProto, draft: ManifestDraft): Binding[] {
  const inputs = callerInputs(graph).map(readInput)
  const bindings = draft.inputs ? bindAsTold(inputs, draft, draft.inputs) : bindByName(inputs, draft)
  for (const { input, type, features } of bindings) for (const feature of features) refuseMismatch(input, type, feature)
  return bindings
}

function readInput({ name, type }: onnx.IValueInfoProto): ForeignInput {
  const { elemType, shape } = type?.tensorType ?? {}
  const found = Object.entries(ELEMENT_TYPES).find(([, number]) => number === elemType)?.[0]
  const known = (Object.keys(ELEMENT_TYPES) as ElementType[]).find((one) => one === found)
  if (known === undefined) throw new Error(`input ${name} is of a type that is not served`)
  return { name: name ?? '', type: known, columns: Number(shape?.dim?.[1]?.dimValue ?? 0) }
}

function bindAsTold(inputs: readonly ForeignInput[], { features }: ManifestDraft, told: Record<string, string[]>) {
  const unknown = Object.keys(told).filter((name) => !inputs.some((input) => input.name === name))
  if (unknown.length > 0) throw new Error(`the model has no input ${unknown.join(', ')}; it has ${namesOf(inputs)}`)
  const left = new Set(features.map(({ name }) => name))
  const bindings = inputs.map(({ name, type, columns }): Binding => {
    const own = (told[name] ?? []).map((wanted) => {
      const feature = features.find((one) => one.name === wanted)
      if (feature === undefined) throw new Error(`inputs.${name} names ${wanted}, which is no feature of the manifest`)
      left.delete(wanted)
      return feature
    })
    if (own.length === 0) throw new Error(`inputs of the manifest does not say which features input ${name} takes`)
    if (columns > 0 && own.length !== columns)
      throw new Error(`input ${name} has ${columns} columns, and inputs.${name} of the manifest ${own.length}`)
    return { input: name, type, features: own }
  })
  if (left.size > 0) throw new Error(`inputs of the manifest leaves out ${[...left].join(', ')}`)
  return bindings
}

function bindByName(inputs: readonly ForeignInput[], draft: ManifestDraft): Binding[] {
  const byName = new Map(draft.features.map((feature) => [feature.name, feature]))
  const named = inputs.flatMap(({ name, type, columns }): Binding[] => {
    const feature = byName.get(name)
    return feature && columns === 1 ? [{ input: name, type, features: [feature] }] : []
  })
  if (named.length === inputs.length && named.length === draft.features.length) return named
  return bindInOrder(inputs, draft)
}

function bindInOrder(inputs: readonly ForeignInput[], { features }: ManifestDraft): Binding[] {
  const only = inputs.length === 1
  const wanted = inputs.reduce((sum, { columns }) => sum + columns, 0)
  const isOpen = only && wanted === 0
  if (!isOpen && wanted !== features.length)
    throw new Error(
      `the model takes ${wanted} columns (${namesOf(inputs)}), and the manifest names ${features.length} features: name all that it was fitted to, in their order`,
    )
  let next = 0
  return inputs.map(({ name, type, columns }) => {
    const start = next
    next += isOpen ? features.length : columns
    return { input: name, type, features: features.slice(start, next) }
  })
}

function refuseMismatch(input: string, type: ElementType, feature: DraftFeature) {
  const where = `feature ${feature.name} for input ${input}`
  const isWord = feature.type === 'category' || feature.type === 'text'
  if (type === 'string' && !isWord)
    throw new Error(`${where}: the model takes words there; make the feature a category or a text`)
  if (type !== 'string' && feature.type === 'text')
    throw new Error(`${where}: the model takes numbers there; make the feature a category with choices`)
  if (['int32', 'int64', 'bool'].includes(type) && feature.nullable)
    throw new Error(
      `${where}: the model takes ${type} there, which has no value for what is not known; say nullable: false, or export it with FloatTensorType`,
    )
}

function namesOf(inputs: readonly ForeignInput[]): string {
  return inputs.map(({ name, type, columns }) => `${name}: ${type} [N, ${columns || '?'}]`).join(', ')
}
