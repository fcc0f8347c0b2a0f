import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'
import { newId } from '#shared/ids.ts'

/** Longer than the work on an update may take: a Worker is stopped before. */
export const leaseSeconds = 60

const Claimed = z.object({
  update_id: z.coerce.number(),
  content: z.unknown(),
  attempts: z.coerce.number(),
})

export type ClaimedUpdate = z.infer<typeof Claimed> & { leaseToken: string }

export type UpdateClaim =
  | { kind: 'claimed'; update: ClaimedUpdate }
  /** Nothing of the chat is left to do. */
  | { kind: 'settled' }
  /** Another delivery is at work on the chat, and will come to it. */
  | { kind: 'behind' }
  /** This very update is being worked on, or is to wait. */
  | { kind: 'early'; retryAfterSeconds: number }

/**
 * Takes the oldest open update of the chat that an update belongs to, for this delivery. However many deliveries arrive at
 * once, one of them gets it, and none gets a later one of the same chat meanwhile: so a chat is answered in the order in
 * which it was written. What belongs to no chat is taken by itself.
 */
export async function claimUpdate({ db }: Pick<Context, 'db'>, updateId: number): Promise<UpdateClaim> {
  const leaseToken = newId('lease')
  const { rows } = await db.execute(sql`
    update telegram_updates set attempts = attempts + 1, lease_token = ${leaseToken},
      lease_expires_at = now() + ${`${leaseSeconds} seconds`}::interval
    where update_id = (
        select other.update_id from telegram_updates as asked
        join telegram_updates as other on other.update_id = asked.update_id or other.chat_id = asked.chat_id
        where asked.update_id = ${updateId} and other.done_at is null order by other.update_id limit 1)
      and done_at is null and (lease_expires_at is null or lease_expires_at <= now())
      and (not_before is null or not_before <= now())
      and not exists (
        select from telegram_updates as busy
        where busy.chat_id = telegram_updates.chat_id and busy.done_at is null and busy.lease_expires_at > now())
    returning update_id, content, attempts`)
  if (rows.length > 0) return { kind: 'claimed', update: { ...Claimed.parse(rows[0]), leaseToken } }
  return whyNot(db, updateId)
}

async function whyNot(db: Context['db'], updateId: number): Promise<UpdateClaim> {
  const { rows } = await db.execute(sql`
    select ceil(extract(epoch from greatest(lease_expires_at, not_before) - now())) as seconds_left
    from telegram_updates where update_id = ${updateId} and done_at is null`)
  if (rows.length === 0) return { kind: 'settled' }
  const { seconds_left } = z.object({ seconds_left: z.coerce.number().nullable() }).parse(rows[0])
  return seconds_left !== null && seconds_left > 0
    ? { kind: 'early', retryAfterSeconds: seconds_left }
    : { kind: 'behind' }
}

/** The work is over: what was said is not kept. */
export async function finishUpdate({ db }: Pick<Context, 'db'>, update: ClaimedUpdate): Promise<void> {
  await db.execute(sql`
    update telegram_updates set done_at = now(), content = null, lease_token = null, lease_expires_at = null
    where ${isMine(update)}`)
}

/** Puts an update back, to be taken again after a pause. */
export async function putOffUpdate(
  { db }: Pick<Context, 'db'>,
  update: ClaimedUpdate,
  pauseSeconds: number,
): Promise<void> {
  await db.execute(sql`
    update telegram_updates set lease_token = null, lease_expires_at = null,
      not_before = now() + ${`${pauseSeconds} seconds`}::interval
    where ${isMine(update)}`)
}

/** Whoever took over after the lease decides what becomes of it. */
function isMine({ update_id, leaseToken }: ClaimedUpdate) {
  return sql`update_id = ${update_id} and lease_token = ${leaseToken}`
}
