import { createRoute, z } from '@hono/zod-openapi'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import { readUsage } from './read-usage.ts'
import type { MetricsApp } from './services.ts'
import { UsageView } from './usage-view.ts'

const getUsage = createRoute({
  operationId: 'getUsage',
  method: 'get',
  path: '/usage',
  tags: ['Operation'],
  summary: 'What people did in the last days, day by day',
  description: 'Exact, from the rows themselves. Days are those of UTC; the last one is today.',
  ...secured('admin'),
  request: {
    query: z.object({
      days: z.coerce
        .number()
        .int()
        .min(1)
        .max(366)
        .default(30)
        .openapi({ description: 'How many, today included', example: 7 }),
    }),
  },
  responses: {
    200: { description: 'The usage', content: { 'application/json': { schema: UsageView } } },
    ...problems(401, 403, 422),
  },
})

export function registerGetUsage(app: MetricsApp) {
  app.openapi(getUsage, async (c) => {
    const usage = await readUsage(c.get('ctx'), c.req.valid('query').days)
    c.header('cache-control', 'no-store')
    return c.json(usage, 200)
  })
}
