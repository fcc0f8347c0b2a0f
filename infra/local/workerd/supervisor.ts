import { type RuntimeOptions, type RuntimeProcess, spawnRuntime } from './process.ts'

const longestPauseMs = 5_000

export interface SupervisorOptions extends RuntimeOptions {
  /** Told when the runtime has died, and how long it is until it is started again. */
  onCrash?: ((pauseMs: number, reason?: unknown) => void) | undefined
}

export interface Supervisor {
  /** Of the process that runs now. */
  current(): RuntimeProcess
  close(): Promise<void>
}

/** Keeps a runtime running: when it dies it is started again, after longer and longer pauses while it does not come up. */
export async function supervise({ onCrash, ...options }: SupervisorOptions): Promise<Supervisor> {
  let current = await spawnRuntime(options)
  let isClosing = false
  let wakeUp = () => {}

  async function restart(): Promise<RuntimeProcess | undefined> {
    for (let pauseMs = 100, reason: unknown; !isClosing; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      onCrash?.(pauseMs, reason)
      await new Promise<void>((resolve) => {
        wakeUp = resolve
        setTimeout(resolve, pauseMs)
      })
      if (isClosing) return undefined
      try {
        return await spawnRuntime(options)
      } catch (error) {
        reason = error
      }
    }
    return undefined
  }

  async function watch() {
    while (!isClosing) {
      await current.exited
      const next = isClosing ? undefined : await restart()
      if (next) current = next
    }
    await current.kill()
  }
  const watching = watch()

  return {
    current: () => current,
    async close() {
      isClosing = true
      wakeUp()
      await current.kill()
      await watching
    },
  }
}
