import type { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm'

/** The part of onnxruntime-web that the runtime uses. */
export interface Ort {
  env: typeof env
  InferenceSession: typeof InferenceSession
  Tensor: typeof Tensor
}

/** Gives onnxruntime-web with its WASM in place: how depends on where the code runs. */
export type OrtProvider = () => Promise<Ort>
