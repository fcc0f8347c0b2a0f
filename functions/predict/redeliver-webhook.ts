import { createRoute, z } from '@hono/zod-openapi'
import { bearer, signedIn } from '#shared/identity.ts'
import { limited } from '#shared/limited.ts'
import { problems } from '#shared/problem.ts'
import { DeliveryView, toDeliveryView } from './delivery-view.ts'
import { deliveryMessage } from './publish-deliveries.ts'
import { reopenDelivery } from './reopen-delivery.ts'
import type { PredictApp } from './services.ts'

/** Each is a request to somebody else's server, which nobody is to flood through us. */
const redeliveries = { limit: 60, windowMs: 60_000 }

const redeliverWebhook = createRoute({
  operationId: 'redeliverWebhook',
  method: 'post',
  path: '/webhooks/{endpoint_id}/deliveries/{delivery_id}/redeliver',
  tags: ['Webhooks'],
  summary: 'Send a message again, now, with the same webhook-id',
  security: bearer,
  middleware: [signedIn(), limited('redeliveries', redeliveries)] as const,
  request: { params: z.object({ endpoint_id: z.string().max(100), delivery_id: z.string().max(100) }) },
  responses: {
    202: { description: 'It will be sent', content: { 'application/json': { schema: DeliveryView } } },
    ...problems(401, 404, 409, 429, 503),
  },
})

export function registerRedeliverWebhook(app: PredictApp) {
  app.openapi(redeliverWebhook, async (c) => {
    const ctx = c.get('ctx')
    const { endpoint_id, delivery_id } = c.req.valid('param')
    const delivery = await reopenDelivery(ctx, endpoint_id, delivery_id)
    ctx.defer(ctx.queue.publish([deliveryMessage(delivery.id, delivery.publishCount)]))
    return c.json(toDeliveryView(delivery), 202)
  })
}
