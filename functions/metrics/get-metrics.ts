import { createRoute, z } from '@hono/zod-openapi'
import { errorFields, type Log } from '#shared/log.ts'
import { problems } from '#shared/problem.ts'
import { version } from '#shared/version.ts'
import { scraperOrAdmin } from './callers.ts'
import { expositionType, type Family, writeExposition } from './exposition.ts'
import { measures } from './measures.ts'
import { readCounts } from './read-counts.ts'
import { readGauges } from './read-gauges.ts'
import type { MetricsApp } from './services.ts'

const getMetrics = createRoute({
  operationId: 'getMetrics',
  method: 'get',
  path: '/metrics',
  tags: ['Operation'],
  summary: 'What was counted and what there is, for Prometheus',
  description:
    'Text format 0.0.4. Counts are of all functions and up to a second old; gauges are read from the database now. A part that cannot be read is missing, and `auspex_source_up` says so. Callers are admins, or scrapers with `METRICS_TOKEN`.',
  middleware: scraperOrAdmin,
  security: [{ bearer: ['admin'] }],
  responses: {
    200: { description: 'All metrics', content: { 'text/plain': { schema: z.string() } } },
    ...problems(401, 403),
  },
})

const build: Family = {
  name: 'auspex_build_info',
  type: 'gauge',
  help: 'The version that answers',
  samples: [{ labels: { version }, value: 1 }],
}

export function registerGetMetrics(app: MetricsApp) {
  app.openapi(getMetrics, async (c) => {
    const ctx = c.get('ctx')
    const [counts, gauges] = await Promise.all([
      orNothing('redis', readCounts(ctx.store, measures), ctx.log),
      orNothing('database', readGauges(ctx), ctx.log),
    ])
    const up = { redis: counts !== undefined, database: gauges !== undefined }
    const families = [build, sourceFamily(up), ...(gauges ?? []), ...(counts ?? [])]
    return c.text(writeExposition(families), 200, { 'content-type': expositionType, 'cache-control': 'no-store' })
  })
}

/** Half of the metrics are better than none, most of all when something is down. */
async function orNothing(source: string, reading: Promise<Family[]>, log: Log): Promise<Family[] | undefined> {
  try {
    return await reading
  } catch (error) {
    log('error', 'metrics_not_read', { source, ...errorFields(error) })
    return undefined
  }
}

function sourceFamily(up: Readonly<Record<string, boolean>>): Family {
  return {
    name: 'auspex_source_up',
    type: 'gauge',
    help: 'Whether the counts (redis) and the state (database) could be read for this answer',
    samples: Object.entries(up).map(([source, isUp]) => ({ labels: { source }, value: isUp ? 1 : 0 })),
  }
}
