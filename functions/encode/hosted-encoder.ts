import { z } from '@hono/zod-openapi'
import type { HostedEncoder } from '#models/_encoders/manifest.ts'
import type { Encoding, RunningEncoder } from '#models/_encoders/running-encoder.ts'
import { ModelError } from '#models/_runtime/model-error.ts'

const Answer = z.object({
  data: z.array(z.object({ index: z.int().nonnegative(), embedding: z.array(z.number()) })),
  usage: z.object({ prompt_tokens: z.int().nonnegative() }).partial().optional(),
})

export interface HostedLimits {
  attempts?: number
  /** Of one attempt. */
  timeoutMs?: number
  /** Before the second attempt; twice as long before each further one. */
  pauseMs?: number
}

/** An encoder behind an OpenAI-compatible `POST <url>/embeddings`. What is busy or broken there is asked again. */
export function createHostedEncoder(
  { url, model, dimensions, prefixes }: HostedEncoder,
  token: string | undefined,
  { attempts = 3, timeoutMs = 10_000, pauseMs = 200 }: HostedLimits = {},
): RunningEncoder {
  const address = `${url.replace(/\/$/, '')}/embeddings`

  async function ask(input: string[]): Promise<z.infer<typeof Answer>> {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ model, input, encoding_format: 'float' }),
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (response.ok) return Answer.parse(await response.json())
    const retryable = response.status === 429 || response.status >= 500
    const words = (await response.text()).slice(0, 300)
    throw new ModelError(`the hosted encoder answered ${response.status}: ${words}`, { retryable })
  }

  async function askPatiently(input: string[]): Promise<z.infer<typeof Answer>> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await ask(input)
      } catch (cause) {
        const error = toModelError(cause)
        if (!error.retryable || attempt >= attempts) throw error
        await new Promise((resolve) => setTimeout(resolve, pauseMs * 2 ** (attempt - 1)))
      }
    }
  }

  return {
    async encode(inputs) {
      const { data, usage } = await askPatiently(inputs.map(({ text, purpose }) => prefixes[purpose] + text))
      const vectors = new Map(data.map(({ index, embedding }) => [index, embedding]))
      const tokens = (usage?.prompt_tokens ?? 0) / inputs.length
      return inputs.map((_, index): Encoding => ({ vector: toUnitLength(vectors.get(index), dimensions), tokens }))
    },
  }
}

/** What never arrived may arrive the next time; what arrived and is none of what was agreed will not. */
function toModelError(error: unknown): ModelError {
  if (error instanceof ModelError) return error
  const isStrange = error instanceof z.ZodError || error instanceof SyntaxError
  const message = isStrange ? 'the hosted encoder gave an answer of another kind' : 'the hosted encoder gave no answer'
  return new ModelError(message, { retryable: !isStrange, cause: error })
}

function toUnitLength(vector: readonly number[] | undefined, dimensions: number): number[] {
  const length = Math.hypot(...(vector ?? []))
  if (vector?.length === dimensions && length > 0) return vector.map((value) => value / length)
  const problem = `the hosted encoder gave a vector of ${vector?.length ?? 0} numbers and length ${length}`
  throw new ModelError(`${problem}; its manifest says ${dimensions}`, { retryable: false })
}
