import type { Message } from '#shared/queue.ts'

/** What a chain is begun by: it goes into headers. */
export const runPattern = /^[\w-]{1,100}$/

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
