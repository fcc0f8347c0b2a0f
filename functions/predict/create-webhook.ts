import { createRoute, z } from '@hono/zod-openapi'
import { and, eq } from 'drizzle-orm'
import { webhookEndpoints } from '#db/schema/webhooks.ts'
import type { UserContext } from '#shared/context.ts'
import { idempotencyHeader, idempotencyOf, makeOnce } from '#shared/idempotency.ts'
import { bearer, signedIn } from '#shared/identity.ts'
import { limited } from '#shared/limited.ts'
import { outboundUrlFault } from '#shared/outbound-url.ts'
import { InvalidRequest, problems } from '#shared/problem.ts'
import { addWebhookEndpoint } from './add-webhook-endpoint.ts'
import type { PredictApp } from './services.ts'
import { toWebhookView, WebhookView } from './webhook-view.ts'

const NewWebhook = WebhookView.extend({
  secret: z
    .string()
    .openapi({ description: 'Checks the signatures (Standard Webhooks). Shown this once and never again' }),
})

/** Nobody tries out addresses by the thousand. */
const registrations = { limit: 60, windowMs: 60_000 }

const createWebhook = createRoute({
  operationId: 'createWebhook',
  method: 'post',
  path: '/webhooks',
  tags: ['Webhooks'],
  summary: 'Be told when a job of yours ends',
  description: `Each job that ends is posted to each of your addresses, signed as Standard Webhooks says: verify
\`webhook-signature\` over the raw body with a library from standardwebhooks.com, and drop a \`webhook-id\` that you have
seen, since a message may arrive twice. Answer 2xx within 10 seconds. Redirects are not followed. 410 disables the address;
after any other answer the message is sent again 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h later. Each call
adds another address, unless it repeats the \`Idempotency-Key\` of one before.`,
  security: bearer,
  middleware: [signedIn(), limited('webhooks', registrations)] as const,
  request: {
    headers: idempotencyHeader,
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({
            url: z.string().max(2000).openapi({ format: 'uri', example: 'https://example.com/hooks/auspex' }),
          }),
        },
      },
    },
  },
  responses: {
    201: { description: 'Keep the secret', content: { 'application/json': { schema: NewWebhook } } },
    ...problems(400, 401, 409, 422, 429, 503),
  },
})

const secretBytes = 32

export function registerCreateWebhook(app: PredictApp) {
  app.openapi(createWebhook, async (c) => {
    const ctx = c.get('ctx')
    const { url } = c.req.valid('json')
    const message = outboundUrlFault(url, { allowPrivate: ctx.allowPrivateWebhooks })
    if (message) throw new InvalidRequest([{ pointer: '/url', code: 'url_not_allowed', message }])
    const secret = `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(secretBytes))).toString('base64')}`
    const idempotency = idempotencyOf(c.req.valid('header')['idempotency-key'], 'createWebhook', url)
    const { row: endpoint, replayed } = await makeOnce(idempotency, {
      make: () => addWebhookEndpoint(ctx, { url, secret, idempotency }),
      find: (key) => findWebhookByKey(ctx, key),
    })
    if (replayed) c.header('idempotent-replayed', 'true')
    ctx.log('info', 'webhook_created', { endpoint_id: endpoint.id })
    c.header('cache-control', 'no-store')
    return c.json({ ...toWebhookView(endpoint), secret: endpoint.secret }, 201)
  })
}

async function findWebhookByKey({ db, actor }: UserContext, key: string) {
  const [endpoint] = await db
    .select()
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.userId, actor.userId), eq(webhookEndpoints.idempotencyKey, key)))
  return endpoint
}
