import { allMiniLm } from '#models/_encoders/all-minilm-l6-v2.ts'
import { fileKey } from '#models/_encoders/file-key.ts'
import { createOnnxEncoder } from '#models/_encoders/onnx-encoder.ts'
import type { RunningEncoder } from '#models/_encoders/running-encoder.ts'
import { createTurns } from '#models/_encoders/turns.ts'
import { wasmMemoryBytes, workerdOrtWithin } from '#models/_runtime/ort-workerd.ts'

interface Bindings {
  ASSETS: { fetch(request: Request): Promise<Response> }
}

const ort = workerdOrtWithin(39_000_000)
const turns = createTurns(20_000)
let running: Promise<RunningEncoder> | undefined

/** A Worker whose encoder has so little memory that it can be loaded and read short texts, no long ones. */
const worker = {
  async fetch(request: Request, { ASSETS }: Bindings): Promise<Response> {
    running ??= createOnnxEncoder(allMiniLm, {
      load: async (file) => {
        const response = await ASSETS.fetch(new Request(`http://assets/${fileKey(file)}`))
        return new Uint8Array(await response.arrayBuffer())
      },
      ort,
      turns,
    })
    const encoder = await running
    const text = 'word '.repeat(Number(new URL(request.url).searchParams.get('tokens')))
    const ok = await encoder.encode([{ text, purpose: 'query' }]).then(
      () => true,
      () => false,
    )
    return Response.json({ ok, bytes: wasmMemoryBytes() })
  },
}

// biome-ignore lint/style/noDefaultExport: the runtime looks for the Worker here
export default worker
