import { z } from '@hono/zod-openapi'
import { jsonBody } from '#shared/body.ts'
import { InvalidRequest } from '#shared/problem.ts'
import { faultsOf } from '#shared/to-problem.ts'
import type { EncodeApp, WasmMemory } from './app.ts'
import { encodedTokens } from './measured-encoders.ts'

const Question = z.object({
  encoder: z.string().max(200),
  inputs: z
    .array(z.object({ text: z.string().max(10_000), purpose: z.enum(['query', 'document']) }))
    .min(1)
    .max(64),
})

/** One vector of length 1 a text, in the order of the texts. */
export function registerEncodeTexts(app: EncodeApp, memory: WasmMemory) {
  app.post('/encode', jsonBody, async (c) => {
    const startMs = performance.now()
    const question = Question.safeParse(await c.req.json())
    if (!question.success) throw new InvalidRequest(faultsOf('json', question.error))
    const { encoder: id, inputs } = question.data
    const encoder = await c.get('pool').get(id)
    const readyMs = performance.now()
    const encodings = await encoder.encode(inputs)
    const tokens = encodings.reduce((sum, encoding) => sum + encoding.tokens, 0)
    c.get('recording').metrics.add(encodedTokens, { encoder: id }, tokens)
    c.get('log')('info', 'encoded', {
      encoder: id,
      texts: inputs.length,
      queries: inputs.filter(({ purpose }) => purpose === 'query').length,
      tokens,
      load_ms: Math.round(readyMs - startMs),
      duration_ms: Math.round(performance.now() - startMs),
      wasm_memory_bytes: memory.bytes(),
    })
    return c.json({ vectors: encodings.map(({ vector }) => Array.from(vector)) })
  })
}
