import type { onnx } from 'onnx-proto'
import { ELEMENT_TYPES } from '../_onnx/graph-builder.ts'
import { attribute, ints, strings } from '../_onnx/lint/attributes.ts'
import type { ManifestDraft } from './manifest-draft.ts'

/** The value of a foreign graph that is served. */
export interface PickedOutput {
  value: string
  isFloat: boolean
  /** 0 where the file does not say. */
  columns: number
  classes?: string[]
}

/**
 * What is served of all that a foreign model gives: the number of a regression, the probabilities of a classification.
 * Maps that ZipMap makes of probabilities are passed over for what they were made of.
 *
 * @throws Error that lists the outputs when none or several could be meant
 */
export function pickOutput(graph: onnx.IGraphProto, draft: ManifestDraft): PickedOutput {
  const outputs = (graph.output ?? []).map((output) => readOutput(graph, output))
  const { from } = draft.output
  const candidates = outputs.filter(({ name, isNumber }) => (from === undefined ? isNumber : name === from))
  const [picked, ...others] = candidates
  const list = outputs.map(({ name }) => name).join(', ')
  if (picked === undefined)
    throw new Error(
      from === undefined
        ? `none of the model's outputs gives numbers: ${list}`
        : `the model has no output ${from}; it has ${list}`,
    )
  if (others.length > 0)
    throw new Error(`several of the model's outputs could be meant: say which by output.from: ${list}`)
  return draft.task === 'classification' ? asProbabilities(graph, draft, picked) : asNumber(graph, picked)
}

interface ForeignOutput extends PickedOutput {
  name: string
  /** Floating-point numbers: labels are not. */
  isNumber: boolean
}

function readOutput(graph: onnx.IGraphProto, { name, type }: onnx.IValueInfoProto): ForeignOutput {
  const mapper = (graph.node ?? []).find((node) => node.opType === 'ZipMap' && node.output?.[0] === name)
  if (mapper) return { name: name ?? '', value: mapper.input?.[0] ?? '', isFloat: true, isNumber: true, columns: 0 }
  const { elemType, shape } = type?.tensorType ?? {}
  const isFloat = elemType === ELEMENT_TYPES.float
  const columns = Number(shape?.dim?.[1]?.dimValue ?? 0)
  return {
    name: name ?? '',
    value: name ?? '',
    isFloat,
    isNumber: isFloat || elemType === ELEMENT_TYPES.double,
    columns,
  }
}

function asNumber(graph: onnx.IGraphProto, { name, value, isFloat, columns }: ForeignOutput): PickedOutput {
  if (columns > 1 || (graph.node ?? []).some((node) => node.output?.[0] === name && node.opType === 'ZipMap'))
    throw new Error(`output ${name} gives several numbers a row, a regression one: is the task a classification?`)
  return { value, isFloat, columns: 1 }
}

function asProbabilities(graph: onnx.IGraphProto, draft: ManifestDraft, picked: ForeignOutput): PickedOutput {
  const labels = findLabels(graph)
  const classes = draft.classes ?? labels?.names
  if (classes === undefined) throw new Error('the file does not name its classes: the manifest must, in their order')
  if (labels && labels.names.length !== classes.length)
    throw new Error(
      `the model tells ${labels.names.length} classes apart (${labels.names.join(', ')}), the manifest ${classes.length}`,
    )
  if (labels?.areWords && classes.some((name, i) => labels.names.includes(name) && labels.names[i] !== name))
    throw new Error(
      `the model's classes come in the order ${labels.names.join(', ')}; the manifest says ${classes.join(', ')}`,
    )
  const { name, value, isFloat, columns } = picked
  if (columns > 0 && columns !== classes.length && !(columns === 1 && classes.length === 2))
    throw new Error(`output ${name} has ${columns} columns for ${classes.length} classes: are they probabilities?`)
  return { value, isFloat, columns: columns || classes.length, classes }
}

/** The names of the classes that a classifier in the file was fitted to. */
function findLabels({ node = [] }: onnx.IGraphProto): { names: string[]; areWords: boolean } | undefined {
  for (const one of node ?? []) {
    const words = strings(one, 'classlabels_strings')
    if (words.length > 1) return { names: words, areWords: true }
    const numbers = ['classlabels_int64s', 'classlabels_ints'].find(
      (name) => (attribute(one, name)?.ints?.length ?? 0) > 1,
    )
    if (numbers) return { names: ints(one, numbers).map(String), areWords: false }
  }
  return undefined
}
