import type { Feed } from '../encode-feeds.ts'
import type { OrtProvider } from '../ort-backend.ts'
import { toTensors } from '../tensors.ts'
import type { NumberOutputs } from './wire.ts'

/** Runs an ONNX file once on onnxruntime-web and gives those of its outputs that are numbers. */
export async function runOnnx(
  ortProvider: OrtProvider,
  model: Uint8Array,
  feeds: readonly Feed[],
): Promise<NumberOutputs> {
  const ort = await ortProvider()
  const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'], logSeverityLevel: 4 })
  try {
    const outputs: Record<string, Float64Array> = {}
    for (const [name, { data }] of Object.entries(await session.run(toTensors(ort, feeds))))
      if (data instanceof BigInt64Array) outputs[name] = Float64Array.from(data, Number)
      else if (data instanceof Float32Array || data instanceof Uint8Array) outputs[name] = Float64Array.from(data)
    return outputs
  } finally {
    await session.release()
  }
}
