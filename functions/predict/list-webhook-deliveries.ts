import { createRoute, z } from '@hono/zod-openapi'
import { and, desc, eq, lt } from 'drizzle-orm'
import { webhookDeliveries } from '#db/schema/webhooks.ts'
import { secured } from '#shared/identity.ts'
import { idPattern } from '#shared/ids.ts'
import { decodeCursor, pageOf, pageQuery, toPage } from '#shared/pages.ts'
import { problems } from '#shared/problem.ts'
import { assertWebhookExists } from './assert-webhook-exists.ts'
import { DeliveryView, toDeliveryView } from './delivery-view.ts'
import type { PredictApp } from './services.ts'

const listWebhookDeliveries = createRoute({
  operationId: 'listWebhookDeliveries',
  method: 'get',
  path: '/webhooks/{endpoint_id}/deliveries',
  tags: ['Webhooks'],
  summary: 'What was sent to an address and what it answered, newest first',
  ...secured(),
  request: { params: z.object({ endpoint_id: z.string().max(100) }), query: z.object(pageQuery) },
  responses: {
    200: {
      description: 'A page of deliveries',
      content: {
        'application/json': { schema: pageOf(DeliveryView) },
      },
    },
    ...problems(401, 404, 422),
  },
})

export function registerListWebhookDeliveries(app: PredictApp) {
  app.openapi(listWebhookDeliveries, async (c) => {
    const ctx = c.get('ctx')
    const { endpoint_id } = c.req.valid('param')
    const { cursor, limit } = c.req.valid('query')
    const before = decodeCursor(cursor, idPattern('delivery'))
    await assertWebhookExists(ctx, endpoint_id)
    const { id, endpointId } = webhookDeliveries
    const rows = await ctx.db
      .select()
      .from(webhookDeliveries)
      .where(and(eq(endpointId, endpoint_id), before ? lt(id, before) : undefined))
      .orderBy(desc(id))
      .limit(limit + 1)
    const { items, next_cursor } = toPage(rows, limit)
    return c.json({ items: items.map(toDeliveryView), next_cursor }, 200)
  })
}
