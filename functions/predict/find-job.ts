import { and, eq } from 'drizzle-orm'
import { jobs } from '#db/schema/jobs.ts'
import type { UserContext } from '#shared/context.ts'
import { idPattern } from '#shared/ids.ts'
import { NotFound } from '#shared/problem.ts'
import type { JobRow } from './job-view.ts'

const jobIdPattern = idPattern('job')

/** @throws NotFound, for another user's job too: it does not exist for you */
export async function findJob({ db, actor }: UserContext, jobId: string): Promise<JobRow> {
  if (!jobIdPattern.test(jobId)) throw new NotFound('job')
  const [job] = await db
    .select()
    .from(jobs)
    .where(and(eq(jobs.id, jobId), eq(jobs.userId, actor.userId)))
  if (!job) throw new NotFound('job')
  return job
}
