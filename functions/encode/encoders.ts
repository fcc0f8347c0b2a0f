import { z } from '@hono/zod-openapi'
import type { EncoderDescription, EncoderInput } from '#models/_encoders/manifest.ts'
import { Problem } from '#shared/problem.ts'
import type { Service } from '#shared/service-binding.ts'

export const Description = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string(),
  dimensions: z.number(),
  languages: z.array(z.string()),
})
/** The first is the one that a new catalogue starts with. */
export const EncoderList = z.object({ encoders: z.array(Description).min(1) })
export const Vectors = z.object({ vectors: z.array(z.array(z.number())) })

export interface Encoders {
  /** The first is the one that a new catalogue starts with. */
  list(): Promise<EncoderDescription[]>
  /**
   * One vector a text, of length 1 (L2), in the order of the texts.
   *
   * @throws Problem `unavailable` when the encoder is unknown or gives no answer
   */
  encode(encoderId: string, inputs: readonly EncoderInput[]): Promise<number[][]>
}

/** Asks the `encode` function, which has the models in memory. Descriptions are asked for once an isolate. */
export function createEncoders(service: Service): Encoders {
  let known: Promise<EncoderDescription[]> | undefined

  async function ask<T extends z.ZodType>(request: Request, Answer: T): Promise<z.infer<T>> {
    const response = await service.fetch(request)
    if (!response.ok)
      throw new Problem('unavailable', {
        cause: new Error(`encode answered ${response.status}: ${await response.text()}`),
      })
    return Answer.parse(await response.json())
  }

  return {
    list() {
      known ??= ask(new Request('http://encode/encoders'), EncoderList).then(({ encoders }) => encoders)
      known.catch(() => {
        known = undefined
      })
      return known
    },
    async encode(encoderId, inputs) {
      const body = JSON.stringify({ encoder: encoderId, inputs })
      const headers = { 'content-type': 'application/json' }
      return (await ask(new Request('http://encode/encode', { method: 'POST', body, headers }), Vectors)).vectors
    },
  }
}
