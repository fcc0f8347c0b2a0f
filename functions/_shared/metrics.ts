import type { Clock } from './clock.ts'
import { recordingEnv } from './env.ts'
import { errorFields, type Log } from './log.ts'
import type { Counter, Histogram } from './measures.ts'
import { memoise } from './memoise.ts'
import { type Batch, createMetricsStore, type MetricsStore } from './metrics-store.ts'
import { createRedis } from './redis.ts'

type Labels<Label extends string> = Readonly<Record<Label, string>>

/** Of the request that is being answered. */
export interface Answering {
  /** Goes on after the answer. */
  defer(work: Promise<unknown>): void
  clock: Clock
  log: Log
}

/** Counts in memory, at once, and never throws. What was counted is stored after answers, a batch a while. */
export interface Metrics {
  add<Label extends string>(counter: Counter<Label>, labels: Labels<Label>, by?: number): void
  observe<Label extends string>(histogram: Histogram<Label>, labels: Labels<Label>, value: number): void
  /**
   * Has what was counted stored by work that goes on after the answer, at most once an interval for the whole isolate.
   *
   * Redis failing is logged, and what it did not take is sent with the next batch.
   */
  storeLater(answering: Answering): void
}

/** Beyond so many series something gives a label too many values: new ones are not counted. */
const maximumSeries = 5_000
const maximumLabelLength = 100
/** Work after an answer may be cut off by the platform: then another request takes over. */
const graceMs = 30_000

/**
 * The counts of an isolate. One that dies takes what it counted in the last interval along, no more.
 *
 * @param intervalMs how often a batch is stored
 */
export function createMetrics(store: MetricsStore, intervalMs: number): Metrics {
  let counted = new Map<string, number>()
  /** What Redis may or may not have: it is sent again before anything else. */
  let unconfirmed: Batch | undefined
  let storingSinceMs: number | undefined

  function add(key: string, by: number) {
    const known = counted.get(key)
    if (known === undefined && counted.size >= maximumSeries) return
    counted.set(key, (known ?? 0) + by)
  }

  async function storeOne() {
    if (!unconfirmed) {
      unconfirmed = { id: crypto.randomUUID(), increments: counted }
      counted = new Map()
    }
    const batch = unconfirmed
    await store.add(batch)
    // Another may have stored it meanwhile, and begun the next.
    if (unconfirmed === batch) unconfirmed = undefined
  }

  return {
    add: ({ name, labels: names }, labels, by = 1) => add(fieldOf(name, '', names, labels), by),
    observe({ name, labels: names, buckets }, labels, value) {
      const bound = buckets.find((it) => value <= it)
      add(fieldOf(name, bound === undefined ? '+Inf' : String(bound), names, labels), 1)
      add(fieldOf(name, 'sum', names, labels), value)
    },
    storeLater({ defer, clock, log }) {
      const nowMs = clock.now().getTime()
      if (storingSinceMs !== undefined && nowMs - storingSinceMs < intervalMs + graceMs) return
      if (counted.size === 0 && !unconfirmed) return
      storingSinceMs = nowMs
      const work = async () => {
        await clock.sleep(intervalMs)
        storingSinceMs = undefined
        if (unconfirmed) await storeOne()
        if (counted.size > 0) await storeOne()
      }
      defer(work().catch((error: unknown) => log('warn', 'metrics_not_stored', errorFields(error))))
    },
  }
}

/** Field of the hash: name, which bucket or sum (nothing for counters), and the values of the labels in their order. */
function fieldOf<Label extends string>(name: string, part: string, names: readonly Label[], labels: Labels<Label>) {
  return JSON.stringify([name, part, ...names.map((label) => labels[label].slice(0, maximumLabelLength))])
}

export const noMetrics: Metrics = { add() {}, observe() {}, storeLater() {} }

/** An isolate's counts, by its bindings: the same for all that has them. Nothing is counted where no Redis is given. */
export const metricsOf = memoise((bindings: object): Metrics => {
  const {
    UPSTASH_REDIS_REST_URL: url,
    UPSTASH_REDIS_REST_TOKEN: token,
    METRICS_INTERVAL_MS: intervalMs,
  } = recordingEnv.safeParse(bindings).data ?? {}
  if (!url || !token || !intervalMs) return noMetrics
  return createMetrics(createMetricsStore(createRedis({ url, token })), intervalMs)
})
