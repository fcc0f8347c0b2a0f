import type { z } from '@hono/zod-openapi'
import { type SQL, sql } from 'drizzle-orm'
import type { LastAnswer } from '#functions/predict/delivery-view.ts'
import type { Context } from '#shared/context.ts'
import type { ClaimedDelivery } from './claim-delivery.ts'

type Recorded = Pick<Context, 'db'>
type Answered = z.infer<typeof LastAnswer>

/** It arrived. That is so even if the lease is over: only a final state stays. */
export async function recordDelivered({ db }: Recorded, delivery: ClaimedDelivery, answer: Answered): Promise<void> {
  await db.execute(sql`
    update webhook_deliveries set status = 'delivered', ${lastAnswer(answer)}
    where id = ${delivery.id} and status = 'pending'`)
}

/** It did not arrive, and is due again later. */
export async function recordRetry(
  { db }: Recorded,
  delivery: ClaimedDelivery,
  answer: Answered,
  delaySeconds: number,
): Promise<void> {
  await db.execute(sql`
    update webhook_deliveries set next_attempt_at = now() + ${`${delaySeconds} seconds`}::interval, ${lastAnswer(answer)}
    where ${isMine(delivery)}`)
}

/** It did not arrive, and will not be tried again. */
export async function recordFailed({ db }: Recorded, delivery: ClaimedDelivery, answer: Answered): Promise<void> {
  await db.execute(sql`
    update webhook_deliveries set status = 'failed', ${lastAnswer(answer)} where ${isMine(delivery)}`)
}

/** The receiver wants nothing more: its endpoint is disabled, and the message has failed. */
export async function recordGone({ db }: Recorded, delivery: ClaimedDelivery, answer: Answered): Promise<void> {
  await db.execute(sql`
    with failed as (
      update webhook_deliveries set status = 'failed', ${lastAnswer(answer)} where ${isMine(delivery)}
    )
    update webhook_endpoints set disabled_at = coalesce(disabled_at, now()) where id = ${delivery.endpoint_id}`)
}

function lastAnswer(answer: Answered): SQL {
  return sql`last_answer = ${JSON.stringify(answer)}::jsonb, lease_token = null, updated_at = now()`
}

/** Whoever took over after the lease decides what a failure leads to. */
function isMine({ id, leaseToken }: ClaimedDelivery): SQL {
  return sql`id = ${id} and status = 'pending' and lease_token = ${leaseToken}`
}
