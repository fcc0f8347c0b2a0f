import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { jobs } from '#db/schema/jobs.ts'
import type { UserContext } from '#shared/context.ts'
import { idPattern } from '#shared/ids.ts'
import { memoise } from '#shared/memoise.ts'
import { NotFound } from '#shared/problem.ts'
import type { JobRow } from './job-view.ts'

const jobIdPattern = idPattern('job')

/** The most frequent of all queries: its text is made once. */
const query = memoise((db: Database) =>
  db
    .select()
    .from(jobs)
    .where(and(eq(jobs.id, sql.placeholder('jobId')), eq(jobs.userId, sql.placeholder('userId'))))
    .prepare('find_job'),
)

/** @throws NotFound, for another user's job too: it does not exist for you */
export async function findJob({ db, actor }: UserContext, jobId: string): Promise<JobRow> {
  if (!jobIdPattern.test(jobId)) throw new NotFound('job')
  const [job] = await query(db).execute({ jobId, userId: actor.userId })
  if (!job) throw new NotFound('job')
  return job
}
