import type { RunningEncoder } from '#models/_encoders/running-encoder.ts'

/** The clock of a Worker has whole milliseconds: so many runs are timed together. */
const together = 4

/** Times one text again and again, in milliseconds a run. @param tokens with those that begin and end it */
export async function timeEncoder(encoder: RunningEncoder, tokens: number, times: number): Promise<number[]> {
  const inputs = Array(together).fill({ text: 'word '.repeat(tokens - 2), purpose: 'query' })
  const durations: number[] = []
  for (let i = 0; i < times; i++) {
    const startMs = performance.now()
    const [encoding] = await encoder.encode(inputs)
    durations.push((performance.now() - startMs) / together)
    if (encoding?.tokens !== tokens) throw new Error(`${encoding?.tokens} tokens were encoded, not ${tokens}`)
  }
  return durations
}
