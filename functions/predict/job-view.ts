import { z } from '@hono/zod-openapi'
import { jobStatuses, type jobs } from '#db/schema/jobs.ts'

export const JobError = z.object({ code: z.string(), message: z.string() })

export const Why = z
  .object({
    kind: z.enum(['meaning', 'title', 'words', 'quote', 'taste', 'popular']),
    detail: z.string(),
    terms: z.array(z.string()).optional(),
  })
  .openapi('Why', { description: 'What put a film where it is' })

const FoundFilm = z
  .object({ id: z.string(), title: z.string(), year: z.number().int(), score: z.number(), why: Why })
  .openapi('FoundFilm')

export const RowResult = z
  .object({
    value: z.number().openapi({
      description:
        'Of a classification the probability of the positive class where there are two, else of the most likely one; of a search how many things it found',
    }),
    interval: z
      .object({ lower: z.number(), upper: z.number(), coverage: z.number() })
      .optional()
      .openapi({ description: 'Of a predictor that says how sure it is: holds the truth with probability `coverage`' }),
    contributions: z.record(z.string(), z.number()).optional().openapi({
      description:
        'Of a predictor that gives reasons: what each feature added to, or took from, the average prediction',
    }),
    label: z.string().optional().openapi({ description: 'Of a classification: the most likely class' }),
    probabilities: z
      .record(z.string(), z.number())
      .optional()
      .openapi({ description: 'Of a classification: one number a class' }),
    films: z.array(FoundFilm).optional().openapi({ description: 'Of a search: best first' }),
  })
  .openapi('RowResult')

const moment = z.iso.datetime().nullable()

/** A job as its owner sees it: everything about it can be read back. */
export const JobView = z
  .object({
    job_id: z.string(),
    status: z.enum(jobStatuses),
    model_name: z.string(),
    created_at: z.iso.datetime(),
    started_at: moment,
    finished_at: moment,
    result: z.number().nullable().openapi({ description: "The first row's number" }),
    results: z.array(RowResult).nullable().openapi({ description: 'One entry a row' }),
    error: JobError.nullable(),
    price: z.number().int(),
    rows: z.number().int(),
    data: z.record(z.string(), z.unknown()).openapi({ description: 'The input, as it was sent' }),
    version_id: z.string(),
    artefact_sha256: z.string(),
    attempts: z.number().int(),
    queue_ms: z.number().nullable().openapi({ description: 'From acceptance to the start of the run' }),
    run_ms: z.number().nullable().openapi({ description: 'Inside the model' }),
    deadline_at: moment,
    revision: z.number().int(),
  })
  .openapi('Job')

export type JobRow = typeof jobs.$inferSelect

export const finalStatuses: ReadonlySet<JobRow['status']> = new Set(['finished', 'failed', 'cancelled'])

export function toJobView(row: JobRow): z.infer<typeof JobView> {
  return {
    job_id: row.id,
    status: row.status,
    model_name: row.predictorName,
    created_at: row.createdAt.toISOString(),
    started_at: row.startedAt?.toISOString() ?? null,
    finished_at: row.finishedAt?.toISOString() ?? null,
    result: row.results?.[0]?.value ?? null,
    results: row.results,
    error: row.error,
    price: row.priceCredits,
    rows: row.rowCount,
    data: row.input,
    version_id: row.versionId,
    artefact_sha256: row.artefactSha256,
    attempts: row.attempts,
    queue_ms: row.startedAt ? row.startedAt.getTime() - row.createdAt.getTime() : null,
    run_ms: row.runMs,
    deadline_at: row.deadlineAt?.toISOString() ?? null,
    revision: row.revision,
  }
}
