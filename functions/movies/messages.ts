import { z } from '@hono/zod-openapi'
import type { Message } from '#shared/queue.ts'

/** Which link of which chain a message is: members of its body. What a chain is begun by goes into headers. */
export const linkFields = {
  run: z
    .string()
    .regex(/^[\w-]{1,100}$/)
    .openapi({ example: 'an-example' }),
  batch: z.coerce.number().int().min(0).openapi({ type: 'string', example: '0' }),
}

/**
 * Work on the catalogue is a chain of small batches: each has the queue deliver the next. A link of a chain has one
 * message, however often the one before it is delivered.
 *
 * @param run what began the chain: another beginning is another chain
 */
export function storeMessage(importId: string, run: string, batch = 0): Message {
  return {
    path: '/movies/store',
    body: { import_id: importId, run, batch: String(batch) },
    deduplicationId: `store-${importId}-${run}-${batch}`,
  }
}

export function embedMessage(encoderId: string, run: string, batch = 0): Message {
  return {
    path: '/movies/embed',
    body: { encoder_id: encoderId, run, batch: String(batch) },
    deduplicationId: `embed-${encoderId}-${run}-${batch}`,
  }
}
