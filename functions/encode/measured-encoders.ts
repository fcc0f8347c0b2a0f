import type { Clock } from '#shared/clock.ts'
import { counter, histogram } from '#shared/measures.ts'
import type { Metrics } from '#shared/metrics.ts'
import type { Encoders } from './encoders.ts'

export const encodeSeconds = histogram(
  'auspex_encode_duration_seconds',
  'Calls of the encoder as its callers see them: a Worker’s own clock stands still while it computes',
  ['encoder', 'outcome'],
)
export const encodedTexts = counter('auspex_encoded_texts_total', 'Texts that became vectors: queries or documents', [
  'encoder',
  'purpose',
])
export const encodedTokens = counter('auspex_encoded_tokens_total', 'Tokens of the texts that became vectors', [
  'encoder',
])

/** Encoders whose calls are counted, and timed by those who wait for them. */
export function measuredEncoders(encoders: Encoders, { metrics, clock }: { metrics: Metrics; clock: Clock }): Encoders {
  return {
    list: () => encoders.list(),
    async encode(encoderId, inputs) {
      const startedMs = clock.now().getTime()
      const observe = (outcome: string) =>
        metrics.observe(encodeSeconds, { encoder: encoderId, outcome }, (clock.now().getTime() - startedMs) / 1000)
      try {
        const vectors = await encoders.encode(encoderId, inputs)
        observe('done')
        for (const { purpose } of inputs) metrics.add(encodedTexts, { encoder: encoderId, purpose })
        return vectors
      } catch (error) {
        observe('failed')
        throw error
      }
    },
  }
}
