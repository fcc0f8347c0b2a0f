import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from '#shared/context.ts'
import { idPattern } from '#shared/ids.ts'
import { outboundUrlFault } from '#shared/outbound-url.ts'
import { problems } from '#shared/problem.ts'
import { callbackRetries, queueSecurity } from '#shared/queue.ts'
import { type ClaimedDelivery, claimDelivery } from './claim-delivery.ts'
import { type Answer, postWebhook } from './post-webhook.ts'
import { recordDelivered, recordFailed, recordGone, recordRetry } from './record-attempt.ts'
import { retryDelaySeconds } from './retry-schedule.ts'
import type { InferApp, InferServices } from './services.ts'
import { signMessage } from './sign-message.ts'
import { webhookMessage } from './webhook-message.ts'

const Delivered = z.object({
  delivery_id: z.string(),
  outcome: z.enum(['delivered', 'failed', 'settled_before', 'put_off']),
})

const deliverWebhook = createRoute({
  operationId: 'deliverWebhook',
  method: 'post',
  path: '/infer/webhook_deliveries',
  tags: ['Queue'],
  summary: 'Send a webhook message (called by the queue, signed)',
  security: queueSecurity,
  request: {
    headers: z.object({ 'upstash-retried': z.coerce.number().int().min(0).default(0) }),
    body: {
      required: true,
      content: { 'application/json': { schema: z.object({ delivery_id: z.string().regex(idPattern('delivery')) }) } },
    },
  },
  responses: {
    200: { description: 'Nothing is left to do now', content: { 'application/json': { schema: Delivered } } },
    503: {
      description: 'Due again after `retry-after` seconds',
      headers: z.object({ 'retry-after': z.string() }),
      content: { 'application/json': { schema: Delivered } },
    },
    ...problems(400, 401, 422),
  },
})

type DeliveryContext = Context & InferServices
/** What became of a message, and if it is still to be sent, how soon. */
type Attempt = { outcome: z.infer<typeof Delivered>['outcome']; retryAfterSeconds?: number }

const attemptTimeoutMs = 10_000

/**
 * When a message is due is kept in its row, not in the queue. The queue is asked to come back then for as long as it
 * tries; after that the sweep publishes the message anew when its time has come.
 */
export function registerDeliverWebhook(app: InferApp) {
  app.openapi(deliverWebhook, async (c) => {
    const { delivery_id } = c.req.valid('json')
    const { outcome, retryAfterSeconds } = await attempt(c.get('ctx'), delivery_id)
    const mayComeBack = c.req.valid('header')['upstash-retried'] < callbackRetries
    if (retryAfterSeconds === undefined || !mayComeBack) return c.json({ delivery_id, outcome }, 200)
    c.header('retry-after', String(retryAfterSeconds))
    return c.json({ delivery_id, outcome }, 503)
  })
}

async function attempt(ctx: DeliveryContext, deliveryId: string): Promise<Attempt> {
  const claim = await claimDelivery(ctx, deliveryId)
  if (claim.kind === 'settled') return { outcome: 'settled_before' }
  if (claim.kind === 'early') return { outcome: 'put_off', retryAfterSeconds: claim.retryAfterSeconds }
  const { delivery } = claim
  const at = ctx.clock.now().toISOString()
  const refusal = whyNotSent(ctx, delivery)
  if (refusal) {
    await recordFailed(ctx, delivery, { status: null, reason: refusal, at })
    return { outcome: 'failed' }
  }
  return record(ctx, delivery, await send(ctx, delivery), at)
}

/** What was good when the endpoint was registered need not be so any more. */
function whyNotSent({ allowPrivateWebhooks }: DeliveryContext, { is_disabled, url }: ClaimedDelivery) {
  if (is_disabled) return 'endpoint_disabled'
  return outboundUrlFault(url, { allowPrivate: allowPrivateWebhooks }) && 'url_not_allowed'
}

function send({ clock }: DeliveryContext, delivery: ClaimedDelivery): Promise<Answer> {
  const body = webhookMessage(delivery)
  const timestampSeconds = Math.floor(clock.now().getTime() / 1000)
  const headers = signMessage(delivery.secret, { id: delivery.id, timestampSeconds, body })
  return postWebhook(delivery.url, { headers, body }, AbortSignal.timeout(attemptTimeoutMs))
}

/**
 * Writes down what came of an attempt. Should this fail after the message had arrived, it is sent again when the lease is
 * over: at least once is what webhooks promise, and `webhook-id` tells the receiver.
 */
async function record(ctx: DeliveryContext, delivery: ClaimedDelivery, answer: Answer, at: string): Promise<Attempt> {
  const { status, reason } = answer
  const answered = { status, reason, at }
  ctx.log('info', 'webhook_attempt', { delivery_id: delivery.id, attempt: delivery.attempts, status, reason })
  if (status !== null && status >= 200 && status < 300) {
    await recordDelivered(ctx, delivery, answered)
    return { outcome: 'delivered' }
  }
  if (status === 410) {
    await recordGone(ctx, delivery, answered)
    return { outcome: 'failed' }
  }
  const delaySeconds = retryDelaySeconds(delivery.attempts, answer.status === null ? undefined : answer.retryAfterMs)
  if (delaySeconds === undefined) {
    await recordFailed(ctx, delivery, answered)
    return { outcome: 'failed' }
  }
  await recordRetry(ctx, delivery, answered, delaySeconds)
  return { outcome: 'put_off', retryAfterSeconds: delaySeconds }
}
