import type { UserContext } from '#shared/context.ts'
import { findJob } from './find-job.ts'
import { finalStatuses, type JobRow } from './job-view.ts'

const firstPauseMs = 25
const longestPauseMs = 500

/**
 * Looks at a job until it has ended or the time is up: often at first, since most jobs take milliseconds.
 *
 * @param waitMs at most this long, 0 to look once
 */
export async function awaitJob(ctx: UserContext, jobId: string, waitMs: number): Promise<JobRow> {
  const untilMs = ctx.clock.now().getTime() + waitMs
  let pauseMs = firstPauseMs
  for (;;) {
    const job = await findJob(ctx, jobId)
    const leftMs = untilMs - ctx.clock.now().getTime()
    if (finalStatuses.has(job.status) || leftMs <= 0) return job
    await ctx.clock.sleep(Math.min(pauseMs, leftMs))
    pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)
  }
}
