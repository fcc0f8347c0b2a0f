import { createRoute, z } from '@hono/zod-openapi'
import { and, eq, sql } from 'drizzle-orm'
import { webhookEndpoints } from '#db/schema/webhooks.ts'
import { secured } from '#shared/identity.ts'
import { idPattern } from '#shared/ids.ts'
import { NotFound, problems } from '#shared/problem.ts'
import type { PredictApp } from './services.ts'
import { toWebhookView, WebhookView } from './webhook-view.ts'

const deleteWebhook = createRoute({
  operationId: 'deleteWebhook',
  method: 'delete',
  path: '/webhooks/{endpoint_id}',
  tags: ['Webhooks'],
  summary: 'Send nothing more to an address; its deliveries can still be read',
  ...secured(),
  request: { params: z.object({ endpoint_id: z.string().max(100) }) },
  responses: {
    200: { description: 'Disabled, now or before', content: { 'application/json': { schema: WebhookView } } },
    ...problems(401, 404),
  },
})

export function registerDeleteWebhook(app: PredictApp) {
  app.openapi(deleteWebhook, async (c) => {
    const { db, actor, log } = c.get('ctx')
    const { endpoint_id } = c.req.valid('param')
    if (!idPattern('endpoint').test(endpoint_id)) throw new NotFound('webhook')
    const [endpoint] = await db
      .update(webhookEndpoints)
      .set({ disabledAt: sql`coalesce(${webhookEndpoints.disabledAt}, now())` })
      .where(and(eq(webhookEndpoints.id, endpoint_id), eq(webhookEndpoints.userId, actor.userId)))
      .returning()
    if (!endpoint) throw new NotFound('webhook')
    log('info', 'webhook_deleted', { endpoint_id })
    return c.json(toWebhookView(endpoint), 200)
  })
}
