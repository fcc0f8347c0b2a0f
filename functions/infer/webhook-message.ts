import { z } from '@hono/zod-openapi'

/** The columns of a job that its message tells. */
export const EndedJobRow = z.object({
  job_id: z.string(),
  job_status: z.enum(['finished', 'failed', 'cancelled']),
  model_name: z.string(),
  result: z.number().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  price: z.coerce.number(),
  row_count: z.coerce.number(),
  created_at: z.coerce.date(),
  finished_at: z.coerce.date(),
})

/**
 * The body of a webhook message: small whatever the job, since receivers ask for the rest by the job's id. A job that
 * has ended never changes, so that every attempt has the same body.
 */
export function webhookMessage(job: z.infer<typeof EndedJobRow>): string {
  const finishedAt = job.finished_at.toISOString()
  return JSON.stringify({
    type: `job.${job.job_status}`,
    timestamp: finishedAt,
    data: {
      job_id: job.job_id,
      status: job.job_status,
      model_name: job.model_name,
      result: job.result,
      rows: job.row_count,
      price: job.price,
      error: job.error,
      created_at: job.created_at.toISOString(),
      finished_at: finishedAt,
    },
  })
}
