import type { z } from '@hono/zod-openapi'
import { Redis } from '@upstash/redis/cloudflare'
import type { App } from '#shared/app.ts'
import { createDeadLetters, type DeadLetters } from '#shared/dead-letters.ts'
import { createMetricsStore, type MetricsStore } from '#shared/metrics-store.ts'
import { createQueueClient } from '#shared/queue.ts'
import { createRedis } from '#shared/redis.ts'
import type { metricsEnv } from './env.ts'

export interface MetricsServices {
  /** Each throws when its service cannot be reached. The database is checked beside these. */
  probes: Record<string, () => Promise<unknown>>
  deadLetters: DeadLetters
  /** What all functions have counted. */
  store: Pick<MetricsStore, 'read'>
}

export type MetricsApp = App<MetricsServices>

export function createMetricsServices(env: z.infer<typeof metricsEnv>): MetricsServices {
  const redis = new Redis({
    url: env.UPSTASH_REDIS_REST_URL,
    token: env.UPSTASH_REDIS_REST_TOKEN,
    enableTelemetry: false,
  })
  const queue = createQueueClient(env, false)
  return {
    probes: { redis: () => redis.ping(), queue: () => queue.schedules.list() },
    deadLetters: createDeadLetters(queue),
    store: createMetricsStore(createRedis({ url: env.UPSTASH_REDIS_REST_URL, token: env.UPSTASH_REDIS_REST_TOKEN })),
  }
}
