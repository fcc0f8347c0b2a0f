import { sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'
import { type EndedJob, endJobs } from './end-job.ts'

/** At most this many jobs are ended by one statement: it must stay short. */
const batchSize = 200

const isOverdue = sql`status in ('queued', 'running') and deadline_at <= now()`

/**
 * Cancels jobs that did not end before their deadline, and gives their prices back.
 *
 * @param jobId this one, if it is overdue; absent: as many as one statement may end
 */
export function endOverdueJobs(ctx: Pick<Context, 'db' | 'metrics'>, jobId?: string): Promise<EndedJob[]> {
  return endJobs(ctx, jobId === undefined ? someOverdue : sql`id = ${jobId} and ${isOverdue}`, {
    status: 'cancelled',
    error: { code: 'deadline_exceeded', message: 'It did not end before its deadline; its price was given back' },
  })
}

// Whoever else ends one of these at this instant has locked it: it is left to them.
const someOverdue = sql`id = any(array(
  select id from jobs where ${isOverdue} limit ${batchSize} for update skip locked))`
