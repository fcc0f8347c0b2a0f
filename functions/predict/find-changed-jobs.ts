import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { jobStatuses } from '#db/schema/jobs.ts'
import type { UserContext } from '#shared/context.ts'
import type { Position } from './change-position.ts'
import { JobError } from './job-view.ts'

const batchSize = 100

const ChangedJob = z.object({
  id: z.string(),
  status: z.enum(jobStatuses),
  model_name: z.string(),
  created_at: z.coerce.date(),
  started_at: z.coerce.date().nullable(),
  finished_at: z.coerce.date().nullable(),
  result: z.number().nullable(),
  error: JobError.nullable(),
  price: z.coerce.number(),
  row_count: z.coerce.number(),
  revision: z.coerce.number(),
  changed_by: z.string(),
})

export type ChangedJob = z.infer<typeof ChangedJob>

const Row = z.union([ChangedJob.extend({ until: z.string() }), z.object({ id: z.null(), until: z.string() })])

export interface Changes {
  /** Each with the position of who has been told of it and of those before it. */
  changes: { job: ChangedJob; position: Position }[]
  /** Of who has been told of them all. */
  position: Position
}

/**
 * The user's jobs that changed since a position, each once and as it is now; a batch at most, and the rest with the
 * next call. Exact: what a transaction changes is found by the first look after its commit, however long it took.
 *
 * @param position none: from now on
 */
export async function findChangedJobs({ db, actor }: UserContext, position?: Position): Promise<Changes> {
  if (!position) {
    const { rows } = await db.execute(sql`select pg_current_snapshot()::text as since`)
    return { changes: [], position: z.object({ since: z.string() }).parse(rows[0]) }
  }
  const { since, within } = position
  const { rows } = await db.execute(sql`
    with look as (select coalesce(${within?.until ?? null}::pg_snapshot, pg_current_snapshot()) as until)
    select look.until::text, job.id, job.status, job.predictor_name as model_name, job.created_at, job.started_at,
      job.finished_at, (job.results -> 0 ->> 'value')::float8 as result, job.error, job.price_credits as price,
      job.row_count, job.revision, job.changed_by::text
    from look left join lateral (
      select * from jobs
      where user_id = ${actor.userId} and changed_by >= pg_snapshot_xmin(${since}::pg_snapshot)
        and not pg_visible_in_snapshot(changed_by, ${since}::pg_snapshot)
        and pg_visible_in_snapshot(changed_by, look.until)
        and ${within ? sql`(changed_by, id) > (${within.changedBy}::xid8, ${within.jobId})` : sql`true`}
      order by changed_by, id limit ${batchSize + 1}
    ) as job on true
    order by job.changed_by, job.id`)
  return toChanges(since, z.array(Row).parse(rows))
}

function toChanges(since: string, rows: z.infer<typeof Row>[]): Changes {
  const until = rows[0]?.until ?? since
  const found = rows.filter((row) => row.id !== null)
  const told = found.slice(0, batchSize)
  const isWhole = found.length === told.length
  const changes = told.map((job, i) => ({
    job,
    position:
      isWhole && i === told.length - 1
        ? { since: until }
        : { since, within: { until, changedBy: job.changed_by, jobId: job.id } },
  }))
  return { changes, position: changes.at(-1)?.position ?? { since: until } }
}
