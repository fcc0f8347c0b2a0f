import { z } from 'zod'

/** One training in a process of its own. */
export const Run = z.object({
  seconds: z.number(),
  /** Most memory that the process held while it fitted, what it had loaded before included. */
  peakMb: z.number(),
  beforeMb: z.number(),
  quality: z.record(z.string(), z.number()),
  /** For the rows that were held out. */
  predictSeconds: z.number().optional(),
  predictRows: z.number().optional(),
  /** The machine's load average just before: about 1 is this benchmark itself, more is somebody else. */
  load: z.number().optional(),
})

export type Run = z.infer<typeof Run>

/** By key, such as `auspex:boosting_1m@2`: whose, what, and with how many threads. */
export type Measurements = Readonly<Record<string, readonly Run[]>>

/** What runs beside others disturbs only ever slows down: of several runs the fastest counts. */
export function bestOf(runs: readonly Run[] | undefined): Run | undefined {
  const [best] = [...(runs ?? [])].sort((a, b) => a.seconds - b.seconds)
  if (best?.predictSeconds === undefined) return best
  return { ...best, predictSeconds: Math.min(...(runs ?? []).map((run) => run.predictSeconds ?? Infinity)) }
}

export interface Key {
  side: 'auspex' | 'peers' | 'more-peers' | 'workerd'
  name: string
  threads: number
}

export function readKey(key: string): Key {
  const { side, name, threads } = /^(?<side>[a-z-]+):(?<name>.+)@(?<threads>\d+)$/.exec(key)?.groups ?? {}
  const found = (['auspex', 'peers', 'more-peers', 'workerd'] as const).find((known) => known === side)
  if (found === undefined || name === undefined) throw new Error(`${key} names no measurement`)
  return { side: found, name, threads: Number(threads) }
}
