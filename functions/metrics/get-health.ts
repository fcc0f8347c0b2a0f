import { createRoute, z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { errorFields } from '#shared/log.ts'
import type { MetricsApp } from './services.ts'

const Check = z.object({ status: z.enum(['up', 'down']), latency_ms: z.number() })

const Health = z.object({ status: z.enum(['up', 'down']), checks: z.record(z.string(), Check) }).openapi('Health')

const content = { 'application/json': { schema: Health } }

const getHealth = createRoute({
  operationId: 'getHealth',
  method: 'get',
  path: '/health',
  tags: ['Operation'],
  summary: 'Whether the service and what it stands on can be reached',
  responses: { 200: { description: 'All is up', content }, 503: { description: 'Something is down', content } },
})

const probeLimitMs = 3_000

export function registerGetHealth(app: MetricsApp) {
  app.openapi(getHealth, async (c) => {
    const { db, probes, clock, log } = c.get('ctx')
    const all = { database: () => db.execute(sql`select 1`), ...probes }
    const checks = await Promise.all(
      Object.entries(all).map(async ([name, probe]) => {
        const startedMs = clock.now().getTime()
        const late = clock.sleep(probeLimitMs).then(() => Promise.reject(new Error('no answer in time')))
        const status = await Promise.race([probe(), late]).then(
          () => 'up' as const,
          (error: unknown) => {
            log('error', 'health_check_failed', { service: name, ...errorFields(error) })
            return 'down' as const
          },
        )
        return [name, { status, latency_ms: clock.now().getTime() - startedMs }] as const
      }),
    )
    const isUp = checks.every(([, check]) => check.status === 'up')
    c.header('cache-control', 'no-store')
    return c.json(
      { status: isUp ? ('up' as const) : ('down' as const), checks: Object.fromEntries(checks) },
      isUp ? 200 : 503,
    )
  })
}
