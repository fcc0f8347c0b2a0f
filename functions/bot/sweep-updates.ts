import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'
import type { Queue } from '#shared/queue.ts'
import { updateMessage } from './update-message.ts'

const batchSize = 200
/** What waits for longer than this, doubled with each round, is published again. */
const firstRound = '20 seconds'
const longestDoubling = 6
/** Nobody expects an answer any more. */
const tooOldToAnswer = '1 hour'
/** Telegram repeats an update for a day at most. */
const forgottenAfter = '2 days'

const Published = z.array(z.object({ update_id: z.coerce.number(), publish_count: z.coerce.number() }))

/**
 * Takes up updates that were lost on their way or left by a delivery that died, ends those that nobody waits for any
 * more, and forgets what is old. Run by cron.
 */
export async function sweepUpdates({ db, queue, log }: Context & { queue: Queue }): Promise<void> {
  const ended = await db.execute(sql`
    update telegram_updates set done_at = now(), content = null, lease_token = null, lease_expires_at = null
    where done_at is null and created_at <= now() - ${tooOldToAnswer}::interval and (lease_expires_at is null or lease_expires_at <= now())`)
  const { rows } = await db.execute(sql`
    update telegram_updates set publish_count = publish_count + 1
    where update_id = any(array(
      select update_id from telegram_updates
      where done_at is null and (lease_expires_at is null or lease_expires_at <= now()) and (not_before is null or not_before <= now())
        and created_at <= now() - ${firstRound}::interval * power(2, least(publish_count, ${longestDoubling}))
      order by update_id limit ${batchSize} for update skip locked))
    returning update_id, publish_count`)
  const lost = Published.parse(rows)
  await queue.publish(lost.map(({ update_id, publish_count }) => updateMessage(update_id, publish_count)))
  const forgotten = await db.execute(
    sql`delete from telegram_updates where done_at <= now() - ${forgottenAfter}::interval`,
  )
  await db.execute(sql`delete from telegram_link_codes where expires_at <= now() - ${forgottenAfter}::interval`)
  log('info', 'swept', { republished: lost.length, ended: ended.rowCount, forgotten: forgotten.rowCount })
}
