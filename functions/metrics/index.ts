import { Client } from '@upstash/qstash'
import { Redis } from '@upstash/redis/cloudflare'
import { createApp } from '#shared/app.ts'
import { metricsEnv } from './env.ts'
import { type HealthServices, registerGetHealth } from './get-health.ts'

const app = createApp({
  name: 'metrics',
  env: metricsEnv,
  services: (env): HealthServices => {
    const redis = new Redis({
      url: env.UPSTASH_REDIS_REST_URL,
      token: env.UPSTASH_REDIS_REST_TOKEN,
      enableTelemetry: false,
    })
    const queue = new Client({ token: env.QSTASH_TOKEN, ...(env.QSTASH_URL && { baseUrl: env.QSTASH_URL }) })
    return { probes: { redis: () => redis.ping(), queue: () => queue.schedules.list() } }
  },
})

registerGetHealth(app)

/** How the service is doing. */
export default app
