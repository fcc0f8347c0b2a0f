import { createRoute, z } from '@hono/zod-openapi'
import { databaseError } from '#shared/database-error.ts'
import { bearer, signedIn } from '#shared/identity.ts'
import { limited } from '#shared/limited.ts'
import { problems } from '#shared/problem.ts'
import { decodePosition, encodePosition, type Position, unknownPosition } from './change-position.ts'
import { eventStream, eventStreamHeaders, type Look, streams } from './event-stream.ts'
import { type ChangedJob, type Changes, findChangedJobs } from './find-changed-jobs.ts'
import type { JobView } from './job-view.ts'
import type { PredictApp } from './services.ts'

const streamPredictions = createRoute({
  operationId: 'streamPredictions',
  method: 'get',
  path: '/predict/events',
  tags: ['Predictions'],
  summary: 'Follow all your jobs: server-sent events as they change',
  description: `An event \`job\` for each job that changed, without its input and results; several changes between two looks
are one event. Begins now, or after \`Last-Event-ID\`, and then misses nothing and repeats nothing: open the stream first,
then read the history. Ends after some minutes: come back then. Send the token in \`Authorization\`, with \`fetch\` or an
EventSource that lets you set headers.`,
  security: bearer,
  middleware: [signedIn(), limited('streams', streams)] as const,
  request: {
    headers: z.object({
      'last-event-id': z
        .string()
        .max(8000)
        .optional()
        .openapi({ description: 'The `id` that the stream sent last, opaque' }),
    }),
  },
  responses: {
    200: { description: 'Events', content: { 'text/event-stream': { schema: z.string() } } },
    ...problems(401, 422, 429, 503),
  },
})

export function registerStreamPredictions(app: PredictApp) {
  app.openapi(streamPredictions, async (c) => {
    const ctx = c.get('ctx')
    const lastEventId = c.req.valid('header')['last-event-id']
    let position: Position | undefined = lastEventId ? decodePosition(lastEventId) : undefined

    const look = async () => {
      const changes = await findChangedJobs(ctx, position)
      position = changes.position
      return toLook(changes)
    }
    const first = await look().catch((error: unknown) => {
      throw databaseError(error)?.code === invalidText ? unknownPosition() : error
    })
    return c.body(eventStream(ctx, first, look), 200, eventStreamHeaders)
  })
}

/** What PostgreSQL says of a snapshot that cannot be one. */
const invalidText = '22P02'

function toLook({ changes, position }: Changes): Look {
  const events = changes.map((change) => ({
    name: 'job',
    id: encodePosition(change.position),
    data: toView(change.job),
  }))
  return { events, position: encodePosition(position) }
}

/** The members of the whole job that fit into a list. */
function toView(job: ChangedJob): Partial<z.infer<typeof JobView>> {
  return {
    job_id: job.id,
    status: job.status,
    model_name: job.model_name,
    created_at: job.created_at.toISOString(),
    started_at: job.started_at?.toISOString() ?? null,
    finished_at: job.finished_at?.toISOString() ?? null,
    result: job.result,
    error: job.error,
    price: job.price,
    rows: job.row_count,
    revision: job.revision,
  }
}
