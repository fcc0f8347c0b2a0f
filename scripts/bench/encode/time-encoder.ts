import type { RunningEncoder } from '#models/_encoders/running-encoder.ts'

/** Times one text again and again. @param tokens with those that begin and end it */
export async function timeEncoder(encoder: RunningEncoder, tokens: number, runs: number): Promise<number[]> {
  const text = 'word '.repeat(tokens - 2)
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const startMs = performance.now()
    const [encoding] = await encoder.encode([{ text, purpose: 'query' }])
    times.push(performance.now() - startMs)
    if (encoding?.tokens !== tokens) throw new Error(`${encoding?.tokens} tokens were encoded, not ${tokens}`)
  }
  return times
}
