import onnxProto, { type onnx } from 'onnx-proto'
import { nameType } from './check-constants.ts'
import { quote, show } from './naming.ts'

const { DataType } = onnxProto.onnx.TensorProto

/** What a caller of the model counts on: the names and shapes of its inputs and outputs. */
export interface ModelInterface {
  /** Each is `[N, 1]`. */
  inputs: Readonly<Record<string, 'float' | 'string'>>
  /** Name -> number of columns. */
  outputs: Readonly<Record<string, number>>
}

const SERVED: ReadonlySet<number> = new Set([
  DataType.FLOAT,
  DataType.DOUBLE,
  DataType.INT64,
  DataType.INT32,
  DataType.BOOL,
  DataType.STRING,
])

/** What callers give: inputs that are not constants with a default, as old files have them. */
export function callerInputs(graph: onnx.IGraphProto): onnx.IValueInfoProto[] {
  const constants = new Set((graph.initializer ?? []).map(({ name }) => name ?? ''))
  return (graph.input ?? []).filter(({ name }) => !constants.has(name ?? ''))
}

/** The inputs and outputs are the ones that are counted on, and no others. */
export function* checkInterface(graph: onnx.IGraphProto, expected: ModelInterface): Generator<string> {
  const wantedInputs = Object.entries(expected.inputs).map(([name, type]) => `input ${quote(name)}: ${type} x 1`)
  const wantedOutputs = Object.entries(expected.outputs).map(
    ([name, columns]) => `output ${quote(name)}: float x ${columns}`,
  )
  const inputs = callerInputs(graph).map((value) => `input ${describe(value)}`)
  const outputs = (graph.output ?? []).map((value) => `output ${describe(value)}`)
  yield* compare(inputs, wantedInputs)
  yield* compare(outputs, wantedOutputs)
}

function* compare(actual: readonly string[], wanted: readonly string[]) {
  for (const one of wanted) if (!actual.includes(one)) yield `${one} is missing`
  for (const one of actual) if (!wanted.includes(one)) yield `${one} is not expected`
}

function describe({ name, type }: onnx.IValueInfoProto): string {
  const columns = type?.tensorType?.shape?.dim?.[1]?.dimValue
  return `${quote(name)}: ${nameType(type?.tensorType?.elemType)} x ${columns ?? 'unknown'}`
}

/** A file from elsewhere takes and gives tables of numbers or strings, with any number of rows. */
export function* checkForeignInterface(graph: onnx.IGraphProto): Generator<string> {
  const inputs = callerInputs(graph)
  if (inputs.length === 0) yield 'it has no inputs'
  for (const input of inputs) yield* checkInput(input, inputs.length === 1)
  const mappers = new Set(
    (graph.node ?? []).filter(({ opType }) => opType === 'ZipMap').map(({ output }) => output?.[0] ?? ''),
  )
  for (const { name, type } of graph.output ?? [])
    if (!type?.tensorType && !mappers.has(name ?? ''))
      yield `output ${quote(name)} is ${nameKind(type)}, not a tensor: export without it, as with zipmap=False in skl2onnx and onnxmltools`
}

function* checkInput({ name, type }: onnx.IValueInfoProto, isOnly: boolean): Generator<string> {
  const where = `input ${quote(name)}`
  const tensor = type?.tensorType
  if (!tensor) {
    yield `${where} is ${nameKind(type)}, not a tensor: export the model with one tensor an input`
    return
  }
  if (!SERVED.has(Number(tensor.elemType)))
    yield `${where} takes ${nameType(tensor.elemType)}, which is not served: export it with FloatTensorType`
  const dims = tensor.shape?.dim ?? []
  const shape = `[${dims
    .map(({ dimValue, dimParam }) => show(dimParam ?? '') || Number(dimValue ?? 0) || 'None')
    .slice(0, 9)
    .join(', ')}]`
  const example = 'such as FloatTensorType([None, 4])'
  if (dims.length !== 2) {
    yield `${where} has the shape ${shape}, and not that of a table: export it with two dimensions, ${example}`
    return
  }
  const [rows, columns] = dims.map(({ dimValue }) => Number(dimValue ?? 0))
  if (rows !== undefined && rows > 0)
    yield `${where} takes exactly ${rows} rows (${shape}): export it with None as the first dimension, ${example}`
  if (!columns && !isOnly)
    yield `${where} does not say how many columns it takes (${shape}): export it with their number, ${example}`
}

function nameKind(type: onnx.ITypeProto | null | undefined): string {
  if (type?.sequenceType) return type.sequenceType.elemType?.mapType ? 'a sequence of maps' : 'a sequence'
  if (type?.mapType) return 'a map'
  return 'of a kind that is not known'
}
