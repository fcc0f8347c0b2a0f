import type { Message } from '#shared/queue.ts'

/** @param round how often the sweep has published the update before: each round is a message of its own to the queue */
export function updateMessage(updateId: number, round = 0): Message {
  return {
    path: '/bot/updates',
    body: { update_id: String(updateId) },
    deduplicationId: `telegram-${updateId}-${round}`,
  }
}
