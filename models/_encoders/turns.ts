import { createTurnstile } from '../_runtime/turnstile.ts'
import type { EncoderInput } from './manifest.ts'

/** Lets one run through at a time: somebody waits for a search, nobody for a document. */
export interface Turns {
  take<T>(purpose: EncoderInput['purpose'], run: () => Promise<T>): Promise<T>
}

/**
 * A run does not let go of the processor. Before each document's everything else that has arrived meanwhile has its turn,
 * so that a search waits for one document at most, however many are waiting.
 *
 * @param waitMs how long a run waits for its turn before it fails
 */
export function createTurns(waitMs: number): Turns {
  const runs = createTurnstile(waitMs)
  const documents = createTurnstile(waitMs)
  return {
    take(purpose, run) {
      if (purpose === 'query') return runs.pass(run)
      return documents.pass(async () => {
        await new Promise((resolve) => setTimeout(resolve, 0))
        return runs.pass(run)
      })
    },
  }
}
