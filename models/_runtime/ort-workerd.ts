import compiledWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm'
import * as ort from 'onnxruntime-web/wasm'
import type { Ort } from './ort-backend.ts'

let prepared = false

/** onnxruntime-web in a Worker, which may not compile WASM from bytes: the bundler hands over a compiled module. */
export async function workerdOrt(): Promise<Ort> {
  if (!prepared) prepare()
  prepared = true
  return ort
}

/** onnxruntime-web starts with its first session: the WASM that it instantiates then is the compiled module. */
function prepare() {
  ort.env.wasm.numThreads = 1
  ort.env.wasm.proxy = false
  ort.env.wasm.wasmBinary = new ArrayBuffer(8) // never read: keeps it from fetching the file
  const { instantiate } = WebAssembly
  const instantiateCompiled = async (source: BufferSource | WebAssembly.Module, imports?: WebAssembly.Imports) => {
    if (source instanceof WebAssembly.Module) return instantiate(source, imports)
    Object.assign(WebAssembly, { instantiate })
    return { module: compiledWasm, instance: await instantiate(compiledWasm, imports) }
  }
  Object.assign(WebAssembly, { instantiate: instantiateCompiled })
}
