import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'
import { newId } from '#shared/ids.ts'
import { EndedJobRow } from './webhook-message.ts'

/** Longer than an attempt may take. */
const leaseSeconds = 20

const ClaimedDelivery = EndedJobRow.extend({
  id: z.string(),
  attempts: z.coerce.number(),
  endpoint_id: z.string(),
  url: z.string(),
  secret: z.string(),
  is_disabled: z.boolean(),
})

export type ClaimedDelivery = z.infer<typeof ClaimedDelivery> & { leaseToken: string }

export type DeliveryClaim =
  | { kind: 'claimed'; delivery: ClaimedDelivery }
  /** Delivered or given up, or never there. */
  | { kind: 'settled' }
  /** Being sent by another callback, or its next attempt is not due yet. */
  | { kind: 'early'; retryAfterSeconds: number }

/**
 * Takes a webhook message for one attempt. However many callbacks of it arrive at once, one gets it; if that one dies,
 * the message is due again when the lease is over.
 */
export async function claimDelivery({ db }: Pick<Context, 'db'>, deliveryId: string): Promise<DeliveryClaim> {
  const leaseToken = newId('lease')
  const { rows } = await db.execute(sql`
    update webhook_deliveries as delivery set attempts = delivery.attempts + 1, lease_token = ${leaseToken},
      next_attempt_at = now() + ${`${leaseSeconds} seconds`}::interval, updated_at = now()
    from webhook_endpoints as endpoint, jobs as job
    where delivery.id = ${deliveryId} and delivery.status = 'pending' and delivery.next_attempt_at <= now()
      and endpoint.id = delivery.endpoint_id and job.id = delivery.job_id
    returning delivery.id, delivery.attempts, delivery.endpoint_id, endpoint.url, endpoint.secret,
      endpoint.disabled_at is not null as is_disabled, job.id as job_id, job.status as job_status,
      job.predictor_name as model_name, (job.results -> 0 ->> 'value')::float8 as result, job.error,
      job.price_credits as price, job.row_count, job.created_at, job.finished_at`)
  if (rows.length > 0) return { kind: 'claimed', delivery: { ...ClaimedDelivery.parse(rows[0]), leaseToken } }
  return whyNot(db, deliveryId)
}

async function whyNot(db: Context['db'], deliveryId: string): Promise<DeliveryClaim> {
  const { rows } = await db.execute(sql`
    select greatest(ceil(extract(epoch from next_attempt_at - now())), 1) as seconds_left
    from webhook_deliveries where id = ${deliveryId} and status = 'pending'`)
  if (rows.length === 0) return { kind: 'settled' }
  const { seconds_left } = z.object({ seconds_left: z.coerce.number() }).parse(rows[0])
  return { kind: 'early', retryAfterSeconds: seconds_left }
}
