import { sql } from 'drizzle-orm'
import type { UserContext } from '#shared/context.ts'
import { Problem } from '#shared/problem.ts'
import type { Queue } from '#shared/queue.ts'
import { endJobs } from './end-job.ts'
import { findJob } from './find-job.ts'
import type { JobRow } from './job-view.ts'
import { publishDeliveries } from './publish-deliveries.ts'

/**
 * Cancels a job that has not started, and gives its price back. To cancel a cancelled job again changes nothing.
 *
 * @throws NotFound, Problem `already_running`, `already_settled`
 */
export async function cancelJob(ctx: UserContext & { queue: Queue }, jobId: string): Promise<JobRow> {
  const job = await findJob(ctx, jobId)
  const ended = await endJobs(ctx, sql`id = ${job.id} and status = 'queued'`, {
    status: 'cancelled',
    error: { code: 'cancelled_by_user', message: 'Cancelled before it started; its price was given back' },
  })
  ctx.defer(publishDeliveries(ctx, ended))
  const now = await findJob(ctx, jobId)
  if (now.status === 'running' || now.status === 'queued') throw new Problem('already_running')
  if (now.status !== 'cancelled') throw new Problem('already_settled')
  return now
}
