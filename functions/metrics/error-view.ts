import { z } from '@hono/zod-openapi'
import type { errorGroups } from '#db/schema/operations.ts'
import { NotFound } from '#shared/problem.ts'

export const errorStates = ['open', 'resolved'] as const

export const ErrorView = z
  .object({
    id: z.string(),
    function: z.string(),
    event: z.string().openapi({ description: 'The operation that was asked for, the cron, or the kind of work' }),
    message: z.string().openapi({ description: 'Of the last occurrence, without secrets and personal data' }),
    state: z.enum(errorStates),
    occurrences: z.number().int(),
    last_request_id: z.string(),
    last_path: z.string().nullable(),
    first_seen_at: z.iso.datetime(),
    last_seen_at: z.iso.datetime(),
    resolved_at: z.iso.datetime().nullable(),
  })
  .openapi('Error')

type ErrorRow = typeof errorGroups.$inferSelect

export function toErrorView(row: Omit<ErrorRow, 'stack'>): z.infer<typeof ErrorView> {
  return {
    id: row.id,
    function: row.functionName,
    event: row.event,
    message: row.message,
    state: row.resolvedAt === null ? 'open' : 'resolved',
    occurrences: row.occurrences,
    last_request_id: row.lastRequestId,
    last_path: row.lastPath,
    first_seen_at: row.firstSeenAt.toISOString(),
    last_seen_at: row.lastSeenAt.toISOString(),
    resolved_at: row.resolvedAt?.toISOString() ?? null,
  }
}

export const errorParams = z.object({ error_id: z.string().max(100) })

/** @throws NotFound for what is no id of an error, so that the database is never asked for it */
export function assertErrorId(id: string) {
  if (!/^error_[0-9a-f]{32}$/.test(id)) throw new NotFound('error')
}
