import onnxProto, { type onnx } from 'onnx-proto'
import type { Constant } from './graph-builder.ts'

const { TensorProto } = onnxProto.onnx
/** What is smaller stays in the graph. */
const leastBytes = 1024
/** Where a tensor may begin, so that it can be used where it lies. */
const alignmentBytes = 64

/**
 * The large constants of a graph, in a file beside it: a runtime reads them straight to where they are used, while those
 * inside the graph are in memory twice.
 */
export class ExternalData {
  readonly #location: string
  readonly #parts: Uint8Array[] = []
  #sizeBytes = 0

  /** @param location the file's name, by which the graph asks for it */
  constructor(location: string) {
    this.#location = location
  }

  /** @returns how the graph refers to the constant; nothing when it is better kept there */
  take(constant: Constant): onnx.ITensorProto | undefined {
    const bytes = rawBytes(constant)
    if (bytes === undefined || bytes.length < leastBytes) return undefined
    this.#append(new Uint8Array(-this.#sizeBytes & (alignmentBytes - 1)))
    const place = { location: this.#location, offset: this.#sizeBytes, length: bytes.length }
    this.#append(bytes)
    const externalData = Object.entries(place).map(([key, value]) => ({ key, value: String(value) }))
    return { dataLocation: TensorProto.DataLocation.EXTERNAL, externalData }
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.#sizeBytes)
    let offset = 0
    for (const part of this.#parts) {
      all.set(part, offset)
      offset += part.length
    }
    return all
  }

  #append(bytes: Uint8Array) {
    this.#parts.push(bytes)
    this.#sizeBytes += bytes.length
  }
}

/** Lowest byte first, as the format says and as all machines in use have it. */
function rawBytes(constant: Constant): Uint8Array | undefined {
  if (constant.type === 'string' || constant.type === 'int64') return undefined
  const values = constant.type === 'float' ? Float32Array.from(constant.values) : constant.values
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}
