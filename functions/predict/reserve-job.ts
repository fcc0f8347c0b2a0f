import { sql } from 'drizzle-orm'
import { readBalance } from '#functions/balance/read-balance.ts'
import type { UserContext } from '#shared/context.ts'
import { violates } from '#shared/database-error.ts'
import { assertSameRequest, type Idempotency } from '#shared/idempotency.ts'
import { newId } from '#shared/ids.ts'
import { InsufficientCredits } from '#shared/problem.ts'

export interface NewJob {
  predictorName: string
  versionId: string
  artefactSha256: string
  /** One array per feature, all of length `rowCount`. */
  input: Record<string, unknown>
  rowCount: number
  /** For all rows. */
  priceCredits: number
  /** From now; a job that has not ended by then is cancelled and its price given back. */
  deadlineMs?: number | undefined
  idempotency?: Idempotency | undefined
  /** Who accepts it runs it, too, and holds it for so long: it starts as `running`. Absent: it waits for the queue. */
  leaseSeconds?: number | undefined
}

export interface ReservedJob {
  jobId: string
  /** Whether the same key had made it before. */
  replayed: boolean
  /** Of a job that started as `running` here and now. */
  leaseToken?: string
}

/**
 * Accepts a job and reserves its price: both happen or neither does.
 *
 * One statement, because the HTTP driver has no interactive transactions. The job is selected from the debit, so that no
 * debit means no job; a duplicate key aborts the whole statement, so that a retry never pays twice.
 *
 * @returns the job, in state `queued`, or `running` with a lease
 * @throws InsufficientCredits when the balance does not cover the price
 * @throws Problem `idempotency_key_reused`
 */
export async function reserveJob(ctx: UserContext, job: NewJob): Promise<ReservedJob> {
  const { userId } = ctx.actor
  const jobId = newId('job')
  const deadline = job.deadlineMs === undefined ? null : `${job.deadlineMs} milliseconds`
  const lease = job.leaseSeconds === undefined ? undefined : { token: newId('lease'), seconds: job.leaseSeconds }
  try {
    const { rowCount } = await ctx.db.execute(sql`
      with debit as (
        update accounts
        set available_credits = available_credits - ${job.priceCredits}, held_credits = held_credits + ${job.priceCredits}
        where user_id = ${userId} and available_credits >= ${job.priceCredits}
        returning user_id
      ), accepted as (
        insert into jobs (id, user_id, predictor_name, version_id, artefact_sha256, status, input, row_count, price_credits,
          deadline_at, idempotency_key, request_hash, attempts, started_at, lease_token, lease_expires_at)
        select ${jobId}, user_id, ${job.predictorName}, ${job.versionId}, ${job.artefactSha256},
          ${lease ? 'running' : 'queued'}::job_status, ${JSON.stringify(job.input)}::jsonb, ${job.rowCount}, ${job.priceCredits},
          now() + ${deadline}::interval, ${job.idempotency?.key ?? null}, ${job.idempotency?.requestHash ?? null},
          ${lease ? 1 : 0}::integer, ${lease ? sql`now()` : null}::timestamptz, ${lease?.token ?? null},
          now() + ${lease ? `${lease.seconds} seconds` : null}::interval
        from debit
      )
      insert into ledger_entries (user_id, kind, amount_credits, job_id, actor_id)
      select user_id, 'hold', ${job.priceCredits}, ${jobId}, user_id from debit`)
    if (rowCount > 0) return { jobId, replayed: false, ...(lease && { leaseToken: lease.token }) }
  } catch (error) {
    if (!violates(error, 'one_job_per_idempotency_key')) throw error
  }
  // The first try may have spent what a retry would need: what it made is looked for before the wallet is blamed.
  const earlier = job.idempotency && (await findEarlier(ctx, job.idempotency))
  if (earlier) return { jobId: earlier, replayed: true }
  const { availableCredits } = await readBalance(ctx, userId)
  throw new InsufficientCredits({ neededCredits: job.priceCredits, availableCredits })
}

async function findEarlier({ db, actor }: UserContext, idempotency: Idempotency): Promise<string | undefined> {
  const { rows } = await db.execute<{ id: string; request_hash: string }>(
    sql`select id, request_hash from jobs where user_id = ${actor.userId} and idempotency_key = ${idempotency.key}`,
  )
  const [earlier] = rows
  if (earlier) assertSameRequest(idempotency, earlier.request_hash)
  return earlier?.id
}
