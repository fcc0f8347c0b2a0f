import { z } from 'zod'

const Offset = z.int().nonnegative()
const Entry = z.object({ dtype: z.string(), shape: z.array(Offset), data_offsets: z.tuple([Offset, Offset]) })
/** Beside tensors there may be words about the file. */
const Header = z.object({ __metadata__: z.unknown().optional() }).catchall(Entry)

export interface FloatTensor {
  shape: readonly number[]
  values: Float32Array
}

/**
 * Reads the 32 bit tensors of a safetensors file: the length of a JSON header, the header, and the bytes it speaks of.
 *
 * @throws Error when it is no such file
 */
export function readSafetensors(file: Uint8Array): Map<string, FloatTensor> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const dataStart = 8 + Number(view.getBigUint64(0, true))
  const { __metadata__, ...entries } = Header.parse(JSON.parse(new TextDecoder().decode(file.subarray(8, dataStart))))
  const tensors = new Map<string, FloatTensor>()
  for (const [name, { dtype, shape, data_offsets: offsets }] of Object.entries(entries)) {
    if (dtype !== 'F32') continue
    const [start, end] = offsets.map((offset) => dataStart + offset)
    const bytes = new Uint8Array(file.subarray(start, end)) // a copy, because numbers of 4 bytes begin at multiples of 4
    tensors.set(name, { shape, values: new Float32Array(bytes.buffer) })
  }
  return tensors
}
