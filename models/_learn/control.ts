export interface Progress {
  stage: string
  done: number
  total: number
}

/** How a caller watches and stops a training. */
export interface TrainingControl {
  onProgress?: (progress: Progress) => void
  signal?: AbortSignal
}

/** Lets timers, requests and a cancellation through; throws the signal's reason when it was aborted. */
export async function breathe(signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted()
  await new Promise<void>((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve)
    else setTimeout(resolve, 0)
  })
  signal?.throwIfAborted()
}
