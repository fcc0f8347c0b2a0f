import { instantiateKernels, type Kernels, type Pointer } from './kernels.ts'

const PAGE_BYTES = 65_536
const MAX_PAGES = 65_536

/** Numbers in an arena: the kernels read them by the pointer, TypeScript by the values. */
export interface Block<Values> {
  pointer: Pointer
  values: Values
}

/**
 * The memory of one training: what is allocated stays until the whole is dropped. It is shared, so that threads may work on
 * it and its views outlive its growth.
 */
export class Arena {
  readonly memory: WebAssembly.Memory
  readonly kernels: Kernels
  #end = 64 // null stays free

  constructor() {
    this.memory = new WebAssembly.Memory({ initial: 1, maximum: MAX_PAGES, shared: true })
    this.kernels = instantiateKernels(this.memory)
  }

  /** Zeroed bytes, aligned to a cache line. */
  allocate(bytes: number): Pointer {
    const pointer = this.#end
    this.#end = pointer + Math.ceil(bytes / 64) * 64
    const missing = Math.ceil((this.#end - this.memory.buffer.byteLength) / PAGE_BYTES)
    if (missing > 0) this.memory.grow(missing)
    return pointer
  }

  bytes(length: number): Block<Uint8Array> {
    const pointer = this.allocate(length)
    return { pointer, values: new Uint8Array(this.memory.buffer, pointer, length) }
  }

  int32(length: number): Block<Int32Array> {
    const pointer = this.allocate(4 * length)
    return { pointer, values: new Int32Array(this.memory.buffer, pointer, length) }
  }

  float32(length: number): Block<Float32Array> {
    const pointer = this.allocate(4 * length)
    return { pointer, values: new Float32Array(this.memory.buffer, pointer, length) }
  }

  float64(length: number): Block<Float64Array> {
    const pointer = this.allocate(8 * length)
    return { pointer, values: new Float64Array(this.memory.buffer, pointer, length) }
  }
}
