import { allMiniLm } from '#models/_encoders/all-minilm-l6-v2.ts'
import { fileKey } from '#models/_encoders/file-key.ts'
import { createOnnxEncoder } from '#models/_encoders/onnx-encoder.ts'
import type { RunningEncoder } from '#models/_encoders/running-encoder.ts'
import { createTurns } from '#models/_encoders/turns.ts'
import { wasmMemoryBytes, workerdOrtWithin } from '#models/_runtime/ort-workerd.ts'
import { timeEncoder } from './time-encoder.ts'

interface Bindings {
  ASSETS: { fetch(request: Request): Promise<Response> }
}

let running: Promise<RunningEncoder> | undefined

/** A Worker that times its own runs: here its clock goes on while it works, which on the platform it does not. */
const worker = {
  async fetch(request: Request, { ASSETS }: Bindings): Promise<Response> {
    const { searchParams } = new URL(request.url)
    const startMs = performance.now()
    running ??= createOnnxEncoder(allMiniLm, {
      load: async (file) => {
        const response = await ASSETS.fetch(new Request(`http://assets/${fileKey(file)}`))
        return new Uint8Array(await response.arrayBuffer())
      },
      ort: workerdOrtWithin(60_000_000),
      turns: createTurns(20_000),
    })
    const encoder = await running
    const createMs = performance.now() - startMs
    const times = await timeEncoder(encoder, Number(searchParams.get('tokens')), Number(searchParams.get('runs')))
    return Response.json({ createMs, times, memoryBytes: wasmMemoryBytes() })
  },
}

// biome-ignore lint/style/noDefaultExport: the runtime looks for the Worker here
export default worker
