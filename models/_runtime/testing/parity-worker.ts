import { z } from 'zod'
import { Manifest } from '../manifest.ts'
import { createModelRuntime } from '../model-runtime.ts'
import { workerdOrt } from '../ort-workerd.ts'
import { sha256Hex } from '../sha256.ts'

const Question = z.object({
  sha256: z.string(),
  manifest: Manifest,
  columns: z.record(z.string(), z.array(z.union([z.number(), z.string(), z.null()]))),
})

const runtime = createModelRuntime({ ort: workerdOrt, maxSessions: 2 })
const artefacts = new Map<string, Uint8Array>()

/** A Worker that keeps the artefacts it is sent by PUT and answers questions by POST: for tests and measurements. */
const worker = {
  async fetch(request: Request): Promise<Response> {
    if (request.method === 'PUT') {
      const bytes = new Uint8Array(await request.arrayBuffer())
      const sha256 = await sha256Hex(bytes)
      artefacts.set(sha256, bytes)
      return Response.json({ sha256 })
    }
    const { sha256, manifest, columns } = Question.parse(await request.json())
    const load = async () => artefacts.get(sha256) ?? Promise.reject(new Error('no such artefact'))
    return Response.json(await runtime.predict({ sha256, load }, manifest, columns))
  },
}

// biome-ignore lint/style/noDefaultExport: the runtime looks for the Worker here
export default worker
