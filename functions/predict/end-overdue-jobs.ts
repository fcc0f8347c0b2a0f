import { sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'
import { type EndedJob, endJobs } from './end-job.ts'

/** At most this many jobs are ended by one statement: it must stay short. */
const batchSize = 200

/** Cancels jobs that did not end before their deadline, and gives their prices back. */
export function endOverdueJobs(ctx: Pick<Context, 'db'>): Promise<EndedJob[]> {
  // Whoever else ends one of these at this instant has locked it: it is left to them.
  const overdue = sql`id = any(array(
    select id from jobs where status in ('queued', 'running') and deadline_at <= now()
    limit ${batchSize} for update skip locked))`
  return endJobs(ctx, overdue, {
    status: 'cancelled',
    error: { code: 'deadline_exceeded', message: 'It did not end before its deadline; its price was given back' },
  })
}
