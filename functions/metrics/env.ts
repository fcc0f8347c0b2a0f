import { z } from '@hono/zod-openapi'
import { baseEnv, queueEnv, redisEnv } from '#shared/env.ts'

export const metricsEnv = baseEnv.extend({
  ...redisEnv,
  ...queueEnv,
  /** What a scraper sends as `Authorization: Bearer ...` to read metrics; empty or absent: only admins read them. */
  METRICS_TOKEN: z.preprocess((text) => text || undefined, z.string().min(16).max(200).optional()),
})
