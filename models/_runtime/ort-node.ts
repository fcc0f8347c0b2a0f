import * as ort from 'onnxruntime-web/wasm'
import type { Ort } from './ort-backend.ts'

/** onnxruntime-web in Node: it finds its WASM beside itself in node_modules. */
export async function nodeOrt(): Promise<Ort> {
  ort.env.wasm.numThreads = 1
  ort.env.wasm.proxy = false
  return ort
}
