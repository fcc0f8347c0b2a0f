import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgEnum, pgTable, real, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, idempotencyColumns, moment, transactionNumber } from './columns.ts'
import { modelVersions } from './models.ts'
import { users } from './users.ts'

/** A film as a search or a recommendation named it. */
export interface FoundFilm {
  id: string
  title: string
  year: number
  /** 0 to 1, falling from film to film. */
  score: number
  why: {
    kind: 'meaning' | 'title' | 'words' | 'quote' | 'taste' | 'popular'
    detail: string
    terms?: string[] | undefined
  }
}

export const jobStatuses = ['queued', 'running', 'finished', 'failed', 'cancelled'] as const
export const jobStatusEnum = pgEnum('job_status', jobStatuses)

/** One row's answer. */
export interface JobResult {
  value: number
  interval?: { lower: number; upper: number; coverage: number }
  contributions?: Record<string, number>
  label?: string
  probabilities?: Record<string, number>
  /** Of a search, best first. */
  films?: FoundFilm[]
}

/** Why a job has no results. */
export interface JobError {
  code: string
  message: string
}

/** A paid prediction on its way. The row is its own outbox: what was never delivered is found by the sweep. */
export const jobs = pgTable(
  'jobs',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    predictorName: text('predictor_name').notNull(),
    versionId: text('version_id')
      .notNull()
      .references(() => modelVersions.id),
    artefactSha256: text('artefact_sha256').notNull(),
    status: jobStatusEnum('status').notNull(),
    /** `{feature: [value, ...]}`, as it was sent. */
    input: jsonb('input').$type<Record<string, unknown>>().notNull(),
    rowCount: integer('row_count').notNull(),
    priceCredits: bigint('price_credits', { mode: 'number' }).notNull(),
    /** One entry a row; null until the job is finished. */
    results: jsonb('results').$type<JobResult[]>(),
    /** `{code, message}` of a job that failed or was cancelled. */
    error: jsonb('error').$type<JobError>(),
    /** Grows with every change of the row: the id of its server-sent events. */
    revision: integer('revision').notNull().default(1),
    attempts: integer('attempts').notNull().default(0),
    publishCount: integer('publish_count').notNull().default(0),
    /** Only who holds this token may settle the running job. */
    leaseToken: text('lease_token'),
    leaseExpiresAt: moment('lease_expires_at'),
    deadlineAt: moment('deadline_at'),
    ...idempotencyColumns(),
    createdAt: createdAt(),
    startedAt: moment('started_at'),
    finishedAt: moment('finished_at'),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    /** Time inside the model, milliseconds. */
    runMs: real('run_ms'),
    /**
     * The transaction that changed the row last, stamped by a trigger. With a snapshot it tells exactly what changed since
     * an earlier look, which no clock can: rows do not become visible in the order of their times.
     */
    changedBy: transactionNumber('changed_by').notNull().default(sql`pg_current_xact_id()`),
  },
  (table) => [
    index('jobs_of_user').on(table.userId, table.id.desc()),
    index('jobs_changed').on(table.userId, table.changedBy),
    index('jobs_open').on(table.updatedAt).where(sql`status in ('queued', 'running')`),
    uniqueIndex('one_job_per_idempotency_key')
      .on(table.userId, table.idempotencyKey)
      .where(sql`idempotency_key is not null`),
  ],
)
