import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'
import type { Queue } from '#shared/queue.ts'
import { endJobs } from './end-job.ts'
import { endOverdueJobs } from './end-overdue-jobs.ts'
import { jobMessage } from './job-message.ts'
import { deliveriesOf, deliveryMessage } from './publish-deliveries.ts'

const batchSize = 200
/** A job that was started this often and never ended takes its holder down each time. */
const maximumAttempts = 5
/** A job that no delivery reached in this time will not be reached. */
const maximumAge = '24 hours'
/** What waits for longer than this, doubled with each round, is published again. */
const firstRound = '30 seconds'
const longestDoubling = 8

const Published = z.array(z.object({ id: z.string(), publish_count: z.coerce.number() }))

export interface Swept {
  overdue: number
  gaveUp: number
  republishedJobs: number
  republishedDeliveries: number
}

/**
 * Takes up what was lost: jobs past their deadline, jobs whose holder died, messages that never reached the queue.
 * Run by cron; two runs at once do not disturb each other, since each skips the rows that the other has locked. Rows are
 * chosen as an array, so that they are chosen once: a join may ask for them again for every row, beyond the batch.
 *
 * A part that fails keeps no other part from being done.
 *
 * @throws Error with the first failure as its cause, after everything else is done
 */
export async function sweepJobs(ctx: Context & { queue: Queue }): Promise<Swept> {
  const failures: unknown[] = []
  const part = <T>(work: Promise<T[]>) =>
    work.catch((error: unknown): T[] => {
      failures.push(error)
      return []
    })
  const overdue = await part(endOverdueJobs(ctx))
  const gaveUp = await part(giveUp(ctx))
  const jobs = await part(takeUpJobs(ctx))
  const deliveries = await part(takeUpDeliveries(ctx))
  const messages = [
    ...deliveriesOf([...overdue, ...gaveUp]),
    ...jobs.map((job) => jobMessage(job.id, job.publish_count)),
    ...deliveries.map((delivery) => deliveryMessage(delivery.id, delivery.publish_count)),
  ]
  await ctx.queue.publish(messages).catch((error: unknown) => failures.push(error))
  const swept = {
    overdue: overdue.length,
    gaveUp: gaveUp.length,
    republishedJobs: jobs.length,
    republishedDeliveries: deliveries.length,
  }
  ctx.log('info', 'swept', { ...swept, failures: failures.length })
  if (failures.length > 0) throw new Error(`${failures.length} parts of the sweep failed`, { cause: failures[0] })
  return swept
}

function giveUp(ctx: Context) {
  const hopeless = sql`id = any(array(
    select id from jobs
    where (status = 'running' and lease_expires_at <= now() and attempts >= ${maximumAttempts})
      or (status = 'queued' and created_at <= now() - ${maximumAge}::interval)
    limit ${batchSize} for update skip locked))`
  return endJobs(ctx, hopeless, {
    status: 'failed',
    error: { code: 'gave_up', message: 'It could not be run, several times over; its price was given back' },
  })
}

async function takeUpJobs({ db }: Context) {
  const { rows } = await db.execute(sql`
    update jobs set status = 'queued', lease_token = null, lease_expires_at = null, publish_count = publish_count + 1,
      updated_at = now(), revision = revision + 1
    where id = any(array(
      select id from jobs
      where (status = 'running' and lease_expires_at <= now())
        or (status = 'queued' and updated_at <= now() - ${waiting})
      order by updated_at limit ${batchSize} for update skip locked))
    returning id, publish_count`)
  return Published.parse(rows)
}

async function takeUpDeliveries({ db }: Context) {
  const { rows } = await db.execute(sql`
    update webhook_deliveries set publish_count = publish_count + 1, updated_at = now()
    where id = any(array(
      select id from webhook_deliveries
      where status = 'pending' and next_attempt_at <= now() and greatest(updated_at, next_attempt_at) <= now() - ${waiting}
      order by next_attempt_at limit ${batchSize} for update skip locked))
    returning id, publish_count`)
  return Published.parse(rows)
}

const waiting = sql`${firstRound}::interval * power(2, least(publish_count, ${longestDoubling}))`
