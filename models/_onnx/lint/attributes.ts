import type { onnx } from 'onnx-proto'

const text = new TextDecoder()

/** An attribute of a node by its name. */
export function attribute(node: onnx.INodeProto, name: string): onnx.IAttributeProto | undefined {
  return node.attribute?.find((one) => one.name === name)
}

export function ints(node: onnx.INodeProto, name: string): number[] {
  return (attribute(node, name)?.ints ?? []).map(Number)
}

export function strings(node: onnx.INodeProto, name: string): string[] {
  return (attribute(node, name)?.strings ?? []).map((bytes) => text.decode(bytes))
}

/** Numbers of an attribute that is either a list or, since version 3 of the operators of machine learning, a tensor. */
export function floats(node: onnx.INodeProto, name: string): ArrayLike<number> {
  const tensor = attribute(node, `${name}_as_tensor`)?.t
  if (!tensor) return attribute(node, name)?.floats ?? []
  if (tensor.doubleData && tensor.doubleData.length > 0) return tensor.doubleData
  if (tensor.floatData && tensor.floatData.length > 0) return tensor.floatData
  const raw = Uint8Array.from(tensor.rawData ?? [])
  const count = (tensor.dims ?? []).reduce((product, length) => product * Number(length), 1)
  if (raw.length === 8 * count) return new Float64Array(raw.buffer)
  return raw.length === 4 * count ? new Float32Array(raw.buffer) : []
}
