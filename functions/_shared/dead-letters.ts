import { type Client, QstashError } from '@upstash/qstash'
import { unknownCursor } from './pages.ts'
import { NotFound, Problem } from './problem.ts'

/** A message that the queue gave up. */
export interface DeadLetter {
  id: string
  /** Where it was to go: one of our own addresses. */
  path: string
  body: string
  /** The last answer; no status where nothing answered. */
  responseStatus: number | null
  responseBody: string | null
  /** When it was published. */
  createdAt: Date
}

export interface DeadLetters {
  /**
   * Newest first.
   *
   * @throws Problem `invalid_request` for a cursor that the queue does not know
   */
  list(page: { limit: number; cursor?: string | undefined }): Promise<{ letters: DeadLetter[]; cursor?: string }>
  /**
   * Has the queue deliver it again as a new message, and takes it out of the dead ones.
   *
   * @throws NotFound
   */
  retry(id: string): Promise<void>
  /** @throws NotFound */
  delete(id: string): Promise<void>
}

/** Of the dead letter queue that QStash keeps for us. All throw Problem `unavailable` when it cannot be reached. */
export function createDeadLetters({ dlq }: Pick<Client, 'dlq'>): DeadLetters {
  return {
    async list({ limit, cursor }) {
      const page = await reached(dlq.listMessages({ count: limit, ...(cursor !== undefined && { cursor }) }), {
        400: unknownCursor,
      })
      return { letters: page.messages.map(toDeadLetter), ...(page.cursor && { cursor: page.cursor }) }
    },
    async retry(id) {
      const { responses } = await reached(dlq.retry([id]), { 404: unknownLetter })
      if (responses.length === 0) throw unknownLetter()
    },
    async delete(id) {
      const { deleted } = await reached(dlq.delete([id]), { 404: unknownLetter })
      if (deleted === 0) throw unknownLetter()
    },
  }
}

type Listed = Awaited<ReturnType<Client['dlq']['listMessages']>>['messages'][number]

function toDeadLetter(message: Listed): DeadLetter {
  return {
    id: message.dlqId,
    path: URL.parse(message.url)?.pathname ?? message.url,
    body: message.body ?? '',
    responseStatus: message.responseStatus || null,
    responseBody: message.responseBody ?? null,
    createdAt: new Date(message.createdAt),
  }
}

const unknownLetter = () => new NotFound('dead letter')

/** @param refusals what the queue means by a status */
async function reached<T>(answer: Promise<T>, refusals: Readonly<Record<number, () => Problem>>): Promise<T> {
  try {
    return await answer
  } catch (cause) {
    const refusal = cause instanceof QstashError ? refusals[cause.status ?? 0] : undefined
    throw refusal?.() ?? new Problem('unavailable', { detail: 'The queue cannot be asked at the moment', cause })
  }
}
