import { createHash } from 'node:crypto'
import type { EncoderDescription, EncoderInput } from '#models/_encoders/manifest.ts'
import type { Service } from '#shared/service-binding.ts'

const dimensions = 384

export const wordEncoder: EncoderDescription = {
  id: 'words@000000000001',
  name: 'words',
  version: '000000000001',
  dimensions,
  languages: ['en'],
}
/** Makes other vectors of the same texts. */
export const otherWordEncoder: EncoderDescription = {
  ...wordEncoder,
  id: 'words@000000000002',
  version: '000000000002',
  languages: ['*'],
}

/**
 * A stand-in for the `encode` function whose vectors are known: each word has a random direction, a text the sum of its
 * words' directions. Texts that share words are near each other, and nothing has to be downloaded.
 */
export function wordEncoders({ encoders = [wordEncoder, otherWordEncoder], delayMs = 0 } = {}): Service {
  return {
    async fetch(request) {
      if (new URL(request.url).pathname === '/encoders') return Response.json({ encoders })
      const { encoder, inputs }: { encoder: string; inputs: EncoderInput[] } = await request.json()
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
      if (!encoders.some(({ id }) => id === encoder)) return new Response('no such encoder', { status: 404 })
      return Response.json({ vectors: inputs.map(({ text }) => vectorOfWords(text, encoder)) })
    },
  }
}

export function vectorOfWords(text: string, seed = wordEncoder.id): number[] {
  const sum = new Float64Array(dimensions)
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['']) {
    const bytes = createHash('shake256', { outputLength: dimensions }).update(`${seed} ${word}`).digest()
    for (const [i, byte] of bytes.entries()) sum[i] = (sum[i] ?? 0) + byte - 127.5
  }
  const length = Math.hypot(...sum)
  return Array.from(sum, (value) => value / length)
}
