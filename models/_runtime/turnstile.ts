import { ModelError } from './model-error.ts'

/** Lets one piece of work through at a time, in order of arrival. */
export interface Turnstile {
  pass<T>(work: () => Promise<T>): Promise<T>
}

/**
 * onnxruntime-web keeps one WASM stack for all sessions, so that two calls must never overlap. In a Worker the request
 * that holds the turnstile can be cancelled and never finish: who waits longer than `waitMs` opens it again for all.
 */
export function createTurnstile(waitMs: number): Turnstile {
  let last: Promise<unknown> | undefined
  return {
    async pass(work) {
      const previous = last
      const mine = (previous === undefined ? Promise.resolve() : within(waitMs, previous, 'the model is busy')).then(
        work,
      )
      const settled = mine.then(
        () => undefined,
        () => undefined,
      )
      last = settled
      try {
        return await mine
      } finally {
        if (last === settled) last = undefined
      }
    },
  }
}

/** The promise's outcome, or a retryable error when it takes longer than `limitMs`. */
export async function within<T>(limitMs: number, promise: Promise<T>, message: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ModelError(`${message} for ${limitMs} ms`, { retryable: true })), limitMs)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
