import onnxProto, { type onnx } from 'onnx-proto'
import { quote, show } from './naming.ts'

const { TensorProto } = onnxProto.onnx
const { DataType } = TensorProto

/** Bytes of one number in a tensor's raw data. */
const WIDTHS: ReadonlyMap<number, number> = new Map([
  [DataType.FLOAT, 4],
  [DataType.DOUBLE, 8],
  [DataType.INT32, 4],
  [DataType.INT64, 8],
  [DataType.BOOL, 1],
])

/** The numbers that the file holds are in it, and as many as it says. */
export function* checkConstants(graph: onnx.IGraphProto): Generator<string> {
  for (const tensor of graph.initializer ?? []) yield* checkTensor(tensor, `constant ${quote(tensor.name)}`)
  for (const node of graph.node ?? [])
    for (const { name, t } of node.attribute ?? [])
      if (t) yield* checkTensor(t, `attribute ${quote(name)} of a node ${show(node.opType ?? '')}`)
  if (graph.sparseInitializer && graph.sparseInitializer.length > 0)
    yield 'it has sparse constants, which not every runtime knows: export them as dense ones'
}

function* checkTensor(tensor: onnx.ITensorProto, where: string): Generator<string> {
  if ((tensor.externalData && tensor.externalData.length > 0) || Number(tensor.dataLocation ?? 0) !== 0) {
    yield `the numbers of ${where} are in another file: save the model with save_as_external_data=False`
    return
  }
  const dims = (tensor.dims ?? []).map(Number)
  const wanted = dims.reduce((product, length) => product * length, 1)
  if (dims.some((length) => length < 0)) yield `${where} has the impossible shape [${dims.slice(0, 9).join(', ')}]`
  else if (Number(tensor.dataType) === DataType.STRING) yield* compare(where, wanted, tensor.stringData?.length ?? 0)
  else {
    const width = WIDTHS.get(Number(tensor.dataType))
    if (width === undefined)
      yield `${where} is of a type (${nameType(tensor.dataType)}) that is not served: cast it to float`
    else yield* compare(where, wanted, countNumbers(tensor, width))
  }
}

function* compare(where: string, wanted: number, found: number) {
  if (wanted !== found) yield `${where} says that it holds ${wanted} values, and holds ${found}: the file is damaged`
}

function countNumbers({ rawData, floatData, doubleData, int32Data, int64Data }: onnx.ITensorProto, width: number) {
  if (rawData && rawData.length > 0) return rawData.length / width
  return [floatData, doubleData, int32Data, int64Data].reduce((sum, data) => sum + (data?.length ?? 0), 0)
}

/** `float`, `int64`, ... */
export function nameType(type: number | null | undefined): string {
  return (
    Object.entries(DataType)
      .find(([, value]) => value === type)?.[0]
      .toLowerCase() ?? `type ${type}`
  )
}
