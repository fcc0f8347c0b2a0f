import { createRoute, z } from '@hono/zod-openapi'
import { and, desc, eq, lt } from 'drizzle-orm'
import { webhookEndpoints } from '#db/schema/webhooks.ts'
import { secured } from '#shared/identity.ts'
import { idPattern } from '#shared/ids.ts'
import { decodeCursor, pageOf, pageQuery, toPage } from '#shared/pages.ts'
import { problems } from '#shared/problem.ts'
import type { PredictApp } from './services.ts'
import { toWebhookView, WebhookView } from './webhook-view.ts'

const listWebhooks = createRoute({
  operationId: 'listWebhooks',
  method: 'get',
  path: '/webhooks',
  tags: ['Webhooks'],
  summary: 'Your webhook addresses, newest first',
  ...secured(),
  request: { query: z.object(pageQuery) },
  responses: {
    200: {
      description: 'Without their secrets',
      content: {
        'application/json': { schema: pageOf(WebhookView) },
      },
    },
    ...problems(401, 422),
  },
})

const { id, userId, url, createdAt, disabledAt } = webhookEndpoints

export function registerListWebhooks(app: PredictApp) {
  app.openapi(listWebhooks, async (c) => {
    const { db, actor } = c.get('ctx')
    const { cursor, limit } = c.req.valid('query')
    const before = decodeCursor(cursor, idPattern('endpoint'))
    const rows = await db
      .select({ id, userId, url, createdAt, disabledAt })
      .from(webhookEndpoints)
      .where(and(eq(userId, actor.userId), before ? lt(id, before) : undefined))
      .orderBy(desc(id))
      .limit(limit + 1)
    const { items, next_cursor } = toPage(rows, limit)
    return c.json({ items: items.map(toWebhookView), next_cursor }, 200)
  })
}
