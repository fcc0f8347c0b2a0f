import { z } from '@hono/zod-openapi'
import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'
import { countEndedJobs } from './job-measures.ts'

/**
 * How a job ends. Only one that finished is paid for; every other one gets its price back in full, and so does a search
 * that found nothing.
 */
export type Outcome =
  | { status: 'finished'; results: readonly object[]; runMs: number }
  | { status: 'failed' | 'cancelled'; error: JobError }

export interface JobError {
  code: 'model_failed' | 'gave_up' | 'cancelled_by_user' | 'deadline_exceeded'
  message: string
}

const Ended = z.object({
  id: z.string(),
  user_id: z.string(),
  predictor_name: z.string(),
  price_credits: z.coerce.number(),
  waited_seconds: z.coerce.number().nullable(),
  deliveries: z.array(z.string()),
})

export interface EndedJob {
  jobId: string
  userId: string
  /** Webhook messages that now wait to be sent. */
  deliveryIds: string[]
}

/**
 * Ends the jobs that match: final state, capture or release of the hold, balance and webhook messages, all in one
 * statement. A job that another delivery ended before does not match any more, and nothing of it changes. Wallets are
 * locked in one order, so that two batches that share users never wait for each other in a circle, and before anything is
 * entered for them, so that the entries of a wallet stand in the order in which they took effect.
 *
 * @param matching condition over `jobs`; it must name the states that it expects
 * @param record a further part of the statement, which may read `ended` (id, user_id, price_credits)
 * @returns the jobs that this call ended, and no others
 */
export async function endJobs(
  { db, metrics }: Pick<Context, 'db' | 'metrics'>,
  matching: SQL,
  outcome: Outcome,
  record?: SQL,
): Promise<EndedJob[]> {
  const isFinished = outcome.status === 'finished'
  const isPaid = isFinished && !foundNothing(outcome.results)
  const results = isFinished ? JSON.stringify(outcome.results) : null
  const error = isFinished ? null : JSON.stringify(outcome.error)
  const { rows } = await db.execute(sql`
    with ended as (
      update jobs set status = ${outcome.status}, results = ${results}::jsonb, error = ${error}::jsonb,
        run_ms = ${isFinished ? outcome.runMs : null}, finished_at = now(), updated_at = now(), revision = revision + 1,
        lease_token = null, lease_expires_at = null
      where ${matching}
      returning id, user_id, price_credits, predictor_name,
        extract(epoch from started_at - created_at)::float8 as waited_seconds
    ), wallets as (
      select user_id from accounts where user_id in (select user_id from ended) order by user_id for update
    ), entered as (
      insert into ledger_entries (user_id, kind, amount_credits, job_id, actor_id)
      select user_id, ${isPaid ? 'capture' : 'release'}, price_credits, id, 'system' from ended join wallets using (user_id)
    ), settled as (
      update accounts set held_credits = held_credits - sums.credits,
        available_credits = available_credits + ${isPaid ? sql`0` : sql`sums.credits`}
      from (select user_id, sum(price_credits)::bigint as credits from ended join wallets using (user_id) group by user_id) as sums
      where accounts.user_id = sums.user_id
    ), told as (
      insert into webhook_deliveries (endpoint_id, job_id)
      select webhook_endpoints.id, ended.id from ended join webhook_endpoints using (user_id)
      where webhook_endpoints.disabled_at is null
      returning id, job_id
    )${record ? sql`, recorded as (${record})` : sql``}
    select ended.id, ended.user_id, predictor_name, price_credits, waited_seconds,
      array(select told.id from told where told.job_id = ended.id)::text[] as deliveries
    from ended`)
  const ended = z.array(Ended).parse(rows)
  countEndedJobs({ metrics }, ended, {
    status: outcome.status,
    isPaid,
    runMs: isFinished ? outcome.runMs : undefined,
  })
  return ended.map((row) => ({ jobId: row.id, userId: row.user_id, deliveryIds: row.deliveries }))
}

/** Whether these are results of a search, and name no film. `reconciliation-rules.ts` says the same in SQL. */
function foundNothing(results: readonly object[]): boolean {
  return (
    results.length > 0 && results.every((row) => 'films' in row && Array.isArray(row.films) && row.films.length === 0)
  )
}
