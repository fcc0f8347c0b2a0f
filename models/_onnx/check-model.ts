import onnxProto, { type onnx } from 'onnx-proto'
import { IR_VERSION, OPSETS } from './graph-builder.ts'

const { ModelProto, TensorProto } = onnxProto.onnx

export interface ModelRules {
  /** Operators that every runtime in use knows, as `domain.Operator`, or `Operator` for the standard ones. */
  operators: ReadonlySet<string>
  maxBytes: number
}

/** What the tree and linear predictors are made of. */
export const TABULAR_RULES: ModelRules = {
  operators: new Set([
    ...['Add', 'Concat', 'Gather', 'Greater', 'Identity', 'IsNaN', 'MatMul', 'Max', 'Mul', 'ReduceSum', 'Reshape'],
    ...['StringConcat', 'StringNormalizer', 'StringSplit', 'Sub', 'Where'],
    ...['ai.onnx.ml.LabelEncoder', 'ai.onnx.ml.TreeEnsembleRegressor'],
  ]),
  maxBytes: 8_000_000,
}

/** What a caller of the model counts on: the names and shapes of its inputs and outputs. */
export interface ModelInterface {
  inputs: Readonly<Record<string, 'float' | 'string'>>
  /** Name -> number of columns. */
  outputs: Readonly<Record<string, number>>
}

/** @throws Error that names everything that is wrong with an ONNX file */
export function assertModel(bytes: Uint8Array, rules: ModelRules, expected: ModelInterface) {
  const problems = findModelProblems(bytes, rules, expected)
  if (problems.length > 0) throw new Error(`the ONNX file is not fit to be served:\n- ${problems.join('\n- ')}`)
}

export function findModelProblems(bytes: Uint8Array, rules: ModelRules, expected: ModelInterface): string[] {
  const model = decode(bytes)
  if (model === undefined) return ['it is not an ONNX file']
  const graph = model.graph
  if (!graph) return ['it has no graph']
  return [
    ...checkSize(bytes, rules),
    ...checkVersions(model),
    ...checkOperators(graph, rules),
    ...checkFlow(graph),
    ...checkInterface(graph, expected),
  ]
}

function decode(bytes: Uint8Array): onnx.ModelProto | undefined {
  try {
    return ModelProto.decode(bytes)
  } catch {
    return undefined
  }
}

function checkSize(bytes: Uint8Array, { maxBytes }: ModelRules): string[] {
  return bytes.length > maxBytes ? [`it has ${bytes.length} bytes; at most ${maxBytes} are allowed`] : []
}

function checkVersions({ irVersion, opsetImport }: onnx.ModelProto): string[] {
  const problems: string[] = []
  if (Number(irVersion) > IR_VERSION)
    problems.push(`its format is version ${irVersion}; ${IR_VERSION} is the newest allowed`)
  for (const { domain, version } of opsetImport) {
    const newest = Object.entries(OPSETS).find(([name]) => name === (domain ?? ''))?.[1]
    if (newest === undefined) problems.push(`it imports operators of ${domain}`)
    else if (Number(version) > newest)
      problems.push(
        `it imports version ${version} of ${domain || 'the standard operators'}; ${newest} is the newest allowed`,
      )
  }
  return problems
}

function checkOperators(graph: onnx.IGraphProto, { operators }: ModelRules): string[] {
  const used = new Set((graph.node ?? []).map(({ domain, opType }) => (domain ? `${domain}.${opType}` : `${opType}`)))
  return [...used].filter((name) => !operators.has(name)).map((name) => `operator ${name} is not allowed`)
}

/** Every value is made once, before it is read, inside the file. */
function checkFlow(graph: onnx.IGraphProto): string[] {
  const problems: string[] = []
  const made = new Set<string>()
  const make = (name: string) => {
    if (made.has(name)) problems.push(`${name} is made twice`)
    made.add(name)
  }
  for (const { name } of graph.input ?? []) make(name ?? '')
  for (const { name, externalData } of graph.initializer ?? []) {
    make(name ?? '')
    if (externalData && externalData.length > 0) problems.push(`the numbers of ${name} are in another file`)
  }
  for (const node of graph.node ?? []) {
    for (const name of node.input ?? [])
      if (name !== '' && !made.has(name)) problems.push(`node ${node.name} reads ${name} before it is made`)
    for (const name of node.output ?? []) make(name)
  }
  for (const { name } of graph.output ?? []) if (!made.has(name ?? '')) problems.push(`output ${name} is never made`)
  return problems
}

function checkInterface(graph: onnx.IGraphProto, expected: ModelInterface): string[] {
  const types = { float: TensorProto.DataType.FLOAT, string: TensorProto.DataType.STRING }
  const inputs = (graph.input ?? []).map(({ name, type }) => `${name}: ${elementType(type)} x ${columnsOf(type)}`)
  const outputs = (graph.output ?? []).map(({ name, type }) => `${name}: ${elementType(type)} x ${columnsOf(type)}`)
  const wantedInputs = Object.entries(expected.inputs).map(([name, type]) => `${name}: ${types[type]} x 1`)
  const wantedOutputs = Object.entries(expected.outputs).map(
    ([name, columns]) => `${name}: ${types.float} x ${columns}`,
  )
  return [...compare('input', inputs, wantedInputs), ...compare('output', outputs, wantedOutputs)]
}

function compare(kind: string, actual: readonly string[], wanted: readonly string[]): string[] {
  return [
    ...wanted.filter((one) => !actual.includes(one)).map((one) => `${kind} ${one} is missing`),
    ...actual.filter((one) => !wanted.includes(one)).map((one) => `${kind} ${one} is not expected`),
  ]
}

function elementType(type: onnx.ITypeProto | null | undefined) {
  return type?.tensorType?.elemType ?? 'unknown'
}

function columnsOf(type: onnx.ITypeProto | null | undefined): string {
  return String(type?.tensorType?.shape?.dim?.[1]?.dimValue ?? 'unknown')
}
