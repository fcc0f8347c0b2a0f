import { z } from '@hono/zod-openapi'
import { idPattern } from '#shared/ids.ts'
import { InvalidRequest } from '#shared/problem.ts'

const Transaction = z.string().regex(/^\d{1,19}$/)
const Snapshot = z.string().regex(/^\d{1,19}:\d{1,19}:(?:\d{1,19}(?:,\d{1,19})*)?$/)

const Position = z.object({
  since: Snapshot,
  /** Only in the midst of a batch: which batch, and the change in it that was told last. */
  within: z.object({ until: Snapshot, changedBy: Transaction, jobId: z.string().regex(idPattern('job')) }).optional(),
})

/**
 * How far somebody has been told of the changes of their jobs. Snapshots, as PostgreSQL writes them, say which
 * transactions had ended when we looked: unlike times and sequences they miss none that was still under way.
 */
export type Position = z.infer<typeof Position>

/** Positions are opaque to callers. */
export function encodePosition(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url')
}

/** @throws InvalidRequest for what no stream has sent */
export function decodePosition(text: string): Position {
  try {
    return Position.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
  } catch {
    throw unknownPosition()
  }
}

export function unknownPosition() {
  return new InvalidRequest([
    { pointer: '/header/last-event-id', code: 'invalid_event_id', message: 'is not the id of an event of this stream' },
  ])
}
