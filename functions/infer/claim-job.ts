import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'
import { newId } from '#shared/ids.ts'

/** Longer than any run may take: a Worker is stopped before. */
export const leaseSeconds = 60

const ClaimedJob = z.object({
  id: z.string(),
  version_id: z.string(),
  input: z.record(z.string(), z.unknown()),
  attempts: z.coerce.number(),
})

const Occupied = z.object({ status: z.string(), is_overdue: z.boolean(), lease_left_seconds: z.coerce.number() })

export type Claim =
  | { kind: 'claimed'; job: z.infer<typeof ClaimedJob>; leaseToken: string }
  /** Ended, or never there: nothing is left to do. */
  | { kind: 'settled' }
  /** Its time is over before it started. */
  | { kind: 'overdue' }
  /** Another delivery is at work on it. */
  | { kind: 'busy'; retryAfterSeconds: number }

/**
 * Takes a job for this delivery: only one that waits, or one whose holder's lease ran out. However many deliveries of a
 * job arrive at once, one of them gets it.
 */
export async function claimJob({ db }: Pick<Context, 'db'>, jobId: string): Promise<Claim> {
  const leaseToken = newId('lease')
  const { rows } = await db.execute(sql`
    update jobs set status = 'running', attempts = attempts + 1, started_at = coalesce(started_at, now()),
      lease_token = ${leaseToken}, lease_expires_at = now() + ${`${leaseSeconds} seconds`}::interval,
      updated_at = now(), revision = revision + 1
    where id = ${jobId} and (status = 'queued' or (status = 'running' and lease_expires_at <= now()))
      and (deadline_at is null or deadline_at > now())
    returning id, version_id, input, attempts`)
  if (rows.length > 0) return { kind: 'claimed', job: ClaimedJob.parse(rows[0]), leaseToken }
  return whyNot(db, jobId)
}

async function whyNot(db: Context['db'], jobId: string): Promise<Claim> {
  const { rows } = await db.execute(sql`
    select status, coalesce(deadline_at <= now(), false) as is_overdue,
      greatest(ceil(coalesce(extract(epoch from lease_expires_at - now()), 0)), 1) as lease_left_seconds
    from jobs where id = ${jobId} and status in ('queued', 'running')`)
  if (rows.length === 0) return { kind: 'settled' }
  const { is_overdue, lease_left_seconds } = Occupied.parse(rows[0])
  return is_overdue ? { kind: 'overdue' } : { kind: 'busy', retryAfterSeconds: lease_left_seconds }
}

/** Puts a claimed job back, so that the next delivery need not wait for the lease to run out. */
export async function releaseJob({ db }: Pick<Context, 'db'>, jobId: string, leaseToken: string): Promise<void> {
  await db.execute(sql`
    update jobs set status = 'queued', lease_token = null, lease_expires_at = null, updated_at = now(), revision = revision + 1
    where id = ${jobId} and status = 'running' and lease_token = ${leaseToken}`)
}
