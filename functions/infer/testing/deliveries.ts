import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { addWebhookEndpoint } from '#functions/predict/add-webhook-endpoint.ts'
import { endJobs, type Outcome } from '#functions/predict/end-job.ts'
import { reserveJob } from '#functions/predict/reserve-job.ts'
import { call, signedDelivery } from '#shared/testing/call.ts'
import { givenPredictor } from '#shared/testing/predictors.ts'
import { givenUser } from '#shared/testing/users.ts'
import { createInferApp } from '../app.ts'

export const infer = createInferApp({
  predict: () => Promise.reject(new Error('no model runs here')),
  release: () => Promise.resolve(),
})
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

const finished: Outcome = { status: 'finished', runMs: 1, results: [{ value: 12.5 }, { value: 1 }] }

const DeliveryRow = z.object({
  status: z.string(),
  attempts: z.coerce.number(),
  seconds_left: z.coerce.number(),
  last_answer: z.object({ status: z.number().nullable(), reason: z.string().nullable() }).loose().nullable(),
  disabled_at: z.string().nullable(),
})

/** A user's job that has ended, and its message to this address, not yet sent. */
export async function givenDelivery(url: string, outcome: Outcome = finished) {
  const user = await givenUser({ credits: 10 })
  const endpoint = await addWebhookEndpoint(user.ctx, { url, secret })
  const predictor = await givenPredictor()
  const { jobId } = await reserveJob(user.ctx, { ...predictor, input: { x: [1, 2] }, rowCount: 2, priceCredits: 2 })
  const [ended] = await endJobs(user.ctx, sql`id = ${jobId} and status = 'queued'`, outcome)
  const deliveryId = z.string().parse(ended?.deliveryIds[0])
  const { db } = user.ctx
  return {
    user,
    secret,
    endpoint,
    jobId,
    deliveryId,
    predictor,
    /** As the queue would call. */
    callback: async ({ retried = 0, bindings }: { retried?: number; bindings?: object } = {}) => {
      const path = '/infer/webhook_deliveries'
      const signed = await signedDelivery({ path, body: { delivery_id: deliveryId }, retried })
      return call(infer, 'POST', path, { ...signed, ...(bindings && { bindings }) })
    },
    /** As if the time until the next attempt had passed. */
    becomeDue: () => db.execute(sql`update webhook_deliveries set next_attempt_at = now() where id = ${deliveryId}`),
    row: async () => {
      const { rows } = await db.execute(sql`
        select status, attempts, last_answer, round(extract(epoch from next_attempt_at - delivery.updated_at)) as seconds_left,
          disabled_at::text
        from webhook_deliveries as delivery join webhook_endpoints as endpoint on endpoint.id = endpoint_id
        where delivery.id = ${deliveryId}`)
      return DeliveryRow.parse(rows[0])
    },
  }
}
