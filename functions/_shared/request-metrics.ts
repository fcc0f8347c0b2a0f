import { counter, histogram } from './measures.ts'
import type { Answering, Metrics } from './metrics.ts'

export const requestCounter = counter('auspex_http_requests_total', 'Requests answered, by status class', [
  'function',
  'operation',
  'status',
])
export const requestSeconds = histogram(
  'auspex_http_request_duration_seconds',
  'From the first look at a request to its answer, without what goes on after it',
  ['function', 'operation'],
)
export const cronCounter = counter('auspex_cron_runs_total', 'Runs of crons, by outcome: done or failed', [
  'function',
  'operation',
  'outcome',
])
export const cronSeconds = histogram('auspex_cron_duration_seconds', 'Runs of crons', ['function', 'operation'])
export const errorCounter = counter('auspex_errors_total', 'Errors of ours, whether or not they could be kept', [
  'function',
  'event',
])

export interface AnsweredRequest {
  functionName: string
  /** The route's `operationId`: a path would be another series for every id in it. */
  operation: string
  method: string
  path: string
  status: number
  startedAt: Date
  /** Of a signed-in caller. */
  userId?: string | undefined
  /** Why it was refused: a code of `problem.ts`. */
  code?: string | undefined
}

/** Counts a request that was answered, and writes the one line that the log has of each. */
export function recordRequest(
  { metrics, ...answering }: Answering & { metrics: Metrics },
  { functionName, operation, method, path, status, startedAt, userId, code }: AnsweredRequest,
) {
  const durationMs = answering.clock.now().getTime() - startedAt.getTime()
  metrics.add(requestCounter, { function: functionName, operation, status: `${Math.floor(status / 100)}xx` })
  metrics.observe(requestSeconds, { function: functionName, operation }, durationMs / 1000)
  metrics.storeLater(answering)
  answering.log('info', 'request', {
    operation,
    method,
    path,
    status,
    ...(code && { code }),
    ...(userId && { user_id: userId }),
    duration_ms: durationMs,
  })
}
