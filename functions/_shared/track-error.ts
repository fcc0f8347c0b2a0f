import { sql } from 'drizzle-orm'
import type { Context } from './context.ts'
import { reportOf } from './error-report.ts'
import { errorFields } from './log.ts'
import { errorCounter } from './request-metrics.ts'

export interface TrackedError {
  functionName: string
  /** What was being done: an operation, a cron, or `deferred_work_failed`. */
  event: string
  error: unknown
  path?: string
}

/** In a storm of errors the rest is logged and counted only: it tells nothing new, and the database may be the cause. */
const maximumUnderWay = 10
const keptOccurrences = 100
let underWay = 0

/**
 * Keeps an error of ours where `GET /errors` finds it, by kind and by request. Never fails and never tracks itself: what
 * cannot be kept is only logged.
 */
export async function trackError(
  ctx: Pick<Context, 'db' | 'log' | 'metrics' | 'requestId' | 'actor'>,
  { functionName, event, error, path }: TrackedError,
): Promise<void> {
  ctx.metrics.add(errorCounter, { function: functionName, event })
  if (underWay >= maximumUnderWay) return
  underWay++
  try {
    await keep(ctx, reportOf(functionName, event, error), { functionName, event, path: path ?? null })
  } catch (failure) {
    ctx.log('error', 'error_not_kept', errorFields(failure))
  } finally {
    underWay--
  }
}

type Where = Pick<TrackedError, 'functionName' | 'event'> & { path: string | null }

/** One statement: the kind with one more occurrence, open again if it was resolved, and the newest occurrences of it. */
async function keep(
  { db, requestId, actor }: Pick<Context, 'db' | 'requestId' | 'actor'>,
  { id, message, stack }: ReturnType<typeof reportOf>,
  { functionName, event, path }: Where,
) {
  const userId = actor.kind === 'user' ? actor.userId : null
  await db.execute(sql`
    with kind as (
      insert into error_groups (id, function_name, event, message, stack, last_request_id, last_path)
      values (${id}, ${functionName}, ${event}, ${message}, ${stack}, ${requestId}, ${path})
      on conflict (id) do update set occurrences = error_groups.occurrences + 1, message = excluded.message,
        stack = excluded.stack, last_request_id = excluded.last_request_id, last_path = excluded.last_path,
        last_seen_at = now(), resolved_at = null
      returning id
    ), forgotten as (
      delete from error_occurrences where id = any(array(
        select id from error_occurrences where error_id = ${id} order by id desc offset ${keptOccurrences - 1}))
    )
    insert into error_occurrences (error_id, request_id, path, user_id)
    select id, ${requestId}, ${path}::text, ${userId}::text from kind`)
}
