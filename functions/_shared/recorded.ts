import { z } from '@hono/zod-openapi'
import type { ExecutionContext } from 'hono'
import { createMiddleware } from 'hono/factory'
import { systemClock } from './clock.ts'
import { createLog } from './log.ts'
import { type Answering, type Metrics, metricsOf } from './metrics.ts'
import { routeOf } from './operation.ts'
import { requestIdFrom } from './request-id.ts'
import { recordRequest } from './request-metrics.ts'
import { toProblem } from './to-problem.ts'

/** What a request is recorded with, in functions that have no database and no callers to identify. */
export interface Recording extends Answering {
  requestId: string
  startedAt: Date
  metrics: Metrics
}

const Level = z.object({ LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).catch('info') })

type Execution = Pick<ExecutionContext, 'waitUntil'>

/** What is missing among the bindings may be the settings of the recording itself: it does without. */
export function recordingOf(name: string, request: Request, bindings: object, execution: Execution): Recording {
  const clock = systemClock
  const requestId = requestIdFrom(request.headers.get('x-request-id') ?? undefined)
  const log = createLog({ function: name, request_id: requestId }, Level.parse(bindings).LOG_LEVEL)
  const defer = (work: Promise<unknown>) => execution.waitUntil(work)
  return { requestId, startedAt: clock.now(), clock, log, defer, metrics: metricsOf(bindings) }
}

/**
 * Middleware for an app that `createApp` does not make, before all other: every request is counted by its route, and has
 * its line in the log.
 */
export function recorded(name: string) {
  return createMiddleware<{ Bindings: object; Variables: { recording: Recording } }>(async function recorded(c, next) {
    const recording = recordingOf(name, c.req.raw, c.env, c.executionCtx)
    c.set('recording', recording)
    await next()
    recordRequest(recording, {
      functionName: name,
      operation: routeOf(c).path,
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      startedAt: recording.startedAt,
      code: c.error && toProblem(c.error).code,
    })
  })
}
