import * as ort from 'onnxruntime-web/wasm'
import compiledWasm from '../../dist/ort/ort-wasm-simd.wasm'
import type { Ort } from './ort-backend.ts'

/** Of WASM memory; it is counted and bounded in these. */
const pageBytes = 65_536
/** Without a bound of ours: what the platform's isolates have is less. */
const maximumPages = 65_536

let prepared = false
let memory: WebAssembly.Memory | undefined

/** onnxruntime-web in a Worker, which may not compile WASM from bytes: the bundler hands over a compiled module. */
export function workerdOrt(): Promise<Ort> {
  return start(maximumPages)
}

/** The same with a bound for its memory: a run that needs more fails, and the isolate goes on. */
export function workerdOrtWithin(maximumBytes: number): () => Promise<Ort> {
  return () => start(Math.floor(maximumBytes / pageBytes))
}

/** What onnxruntime-web has taken of WASM memory for all its sessions. It never gives any back. */
export function wasmMemoryBytes(): number {
  return memory?.buffer.byteLength ?? 0
}

async function start(pages: number): Promise<Ort> {
  if (!prepared) prepare(pages)
  prepared = true
  return ort
}

/**
 * onnxruntime-web starts with its first session: the WASM that it instantiates then is the compiled module, and the
 * memory that it makes then is not shared with other threads (`scripts/ort.ts`) and ends where it is told. There are no
 * parameters for any of this. Without `waitAsync`, which takes shared memory only, it waits for no other thread.
 */
function prepare(pages: number) {
  ort.env.wasm.numThreads = 1
  ort.env.wasm.proxy = false
  ort.env.wasm.wasmBinary = new ArrayBuffer(8) // never read: keeps it from fetching the file
  const { instantiate, Memory } = WebAssembly
  const { waitAsync } = Atomics
  class BoundedMemory extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super({ initial: descriptor.initial, maximum: Math.min(pages, descriptor.maximum ?? pages) })
      memory = this
    }
  }
  const instantiateCompiled = async (source: BufferSource | WebAssembly.Module, imports?: WebAssembly.Imports) => {
    if (source instanceof WebAssembly.Module) return instantiate(source, imports)
    Object.assign(WebAssembly, { instantiate, Memory })
    Object.assign(Atomics, { waitAsync })
    return { module: compiledWasm, instance: await instantiate(compiledWasm, imports) }
  }
  Object.assign(WebAssembly, { instantiate: instantiateCompiled, Memory: BoundedMemory })
  Object.assign(Atomics, { waitAsync: undefined })
}
