import { createRoute, z } from '@hono/zod-openapi'
import { and, eq, gt } from 'drizzle-orm'
import { jobs } from '#db/schema/jobs.ts'
import type { UserContext } from '#shared/context.ts'
import { bearer, signedIn } from '#shared/identity.ts'
import { limited } from '#shared/limited.ts'
import { problems } from '#shared/problem.ts'
import { eventStream, eventStreamHeaders, type Look, streams } from './event-stream.ts'
import { findJob } from './find-job.ts'
import { finalStatuses, type JobRow, toJobView } from './job-view.ts'
import type { PredictApp } from './services.ts'

const streamPrediction = createRoute({
  operationId: 'streamPrediction',
  method: 'get',
  path: '/predict/{job_id}/events',
  tags: ['Predictions'],
  summary: 'Follow a job: server-sent events until it ends',
  description: `An event \`status\` with the whole job now and after each change; its \`id\` is the revision of the job, so
that \`Last-Event-ID\` goes on where a broken stream stopped. The stream ends after the final state, or after some minutes:
come back then. Send the token in \`Authorization\`, with \`fetch\` or an EventSource that lets you set headers: a
token in an address would end up in logs.`,
  security: bearer,
  middleware: [signedIn(), limited('streams', streams)] as const,
  request: {
    params: z.object({ job_id: z.string().max(100) }),
    headers: z.object({
      'last-event-id': z
        .string()
        .regex(/^\d{1,9}$/)
        .optional()
        .openapi({ description: 'The `id` of the last event that you got' }),
    }),
  },
  responses: {
    200: { description: 'Events', content: { 'text/event-stream': { schema: z.string() } } },
    204: { description: 'The job has ended, and you know it: do not come back' },
    ...problems(401, 404, 422, 429, 503),
  },
})

export function registerStreamPrediction(app: PredictApp) {
  app.openapi(streamPrediction, async (c) => {
    const ctx = c.get('ctx')
    const job = await findJob(ctx, c.req.valid('param').job_id)
    let knownRevision = Number(c.req.valid('header')['last-event-id'] ?? 0)
    if (finalStatuses.has(job.status) && job.revision <= knownRevision) return c.body(null, 204)

    const tell = (changed: JobRow | undefined): Look => {
      if (!changed || changed.revision <= knownRevision) return { events: [] }
      knownRevision = changed.revision
      const event = { name: 'status', id: String(changed.revision), data: toJobView(changed) }
      return { events: [event], isLast: finalStatuses.has(changed.status) }
    }
    const look = async () => tell(await findLaterRevision(ctx, job.id, knownRevision))
    return c.body(eventStream(ctx, tell(job), look), 200, eventStreamHeaders)
  })
}

/** Most looks find nothing new, and should not carry the whole job each time. */
async function findLaterRevision({ db, actor }: UserContext, jobId: string, revision: number) {
  const [job] = await db
    .select()
    .from(jobs)
    .where(and(eq(jobs.id, jobId), eq(jobs.userId, actor.userId), gt(jobs.revision, revision)))
  return job
}
