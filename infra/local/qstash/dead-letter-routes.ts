import { ApiError } from './api-error.ts'
import type { Broker } from './broker.ts'
import { filterableDeadLetter, parseCount, parseFilters } from './filters.ts'
import type { Message } from './message.ts'
import { splitList } from './publish-options.ts'
import type { ApiReply, ApiRequest, Routes } from './router.ts'
import type { DeadLetter } from './store.ts'
import { deadLetterView } from './views.ts'

const MAX_PAGE = 100

/** The dead letter queue: look at it, empty it, try again. */
export function deadLetterRoutes(broker: Broker): Routes {
  const { deadLetters, store } = broker
  return {
    'GET /v2/dlq': async ({ query }) => {
      const { letters, cursor } = await select(broker, query)
      return { status: 200, body: { messages: letters.map(deadLetterView), cursor } }
    },
    'GET /v2/dlq/:id': async ({ parameters }) => {
      await store.committed()
      return { status: 200, body: deadLetterView(deadLetters.get(parameters.id ?? '')) }
    },
    'DELETE /v2/dlq/:id': async ({ parameters }) => {
      await store.committed()
      deadLetters.delete(deadLetters.get(parameters.id ?? ''))
      await store.committed()
      return { status: 200, body: { deleted: 1 } }
    },
    'DELETE /v2/dlq': async ({ query }) => {
      const { letters, cursor } = await select(broker, query)
      for (const letter of letters) deadLetters.delete(letter)
      await store.committed()
      return { status: 200, body: { deleted: letters.length, cursor } }
    },
    'POST /v2/dlq/retry/:id': (request) => retryOne(broker, request),
    'POST /v2/dlq/retry': async ({ query }) => {
      const { letters, cursor } = await select(broker, query)
      const messages = await retry(broker, letters)
      return { status: 201, body: { responses: messages.map(({ id }) => ({ messageId: id })), cursor } }
    },
  }
}

async function retryOne(broker: Broker, { parameters }: ApiRequest): Promise<ApiReply> {
  await broker.store.committed()
  const [message] = await retry(broker, [broker.deadLetters.get(parameters.id ?? '')])
  return { status: 201, body: { messageId: message?.id } }
}

/** Each becomes a new message in the transaction that takes it out of the queue. */
async function retry(broker: Broker, letters: readonly DeadLetter[]): Promise<Message[]> {
  const nowMs = broker.clock.now()
  const messages = letters.map((letter) => {
    broker.deadLetters.delete(letter)
    return broker.newMessage({ ...letter.spec, createdAtMs: nowMs, notBeforeMs: nowMs }, letter.body)
  })
  await broker.submit(messages)
  return messages
}

/** By `dlqIds`, or a page of those that match the filters. */
async function select({ deadLetters, store }: Broker, query: URLSearchParams) {
  await store.committed()
  const dlqIds = new Set(query.getAll('dlqIds').flatMap(splitList))
  if (dlqIds.size === 0)
    return deadLetters.page(parseCount(query, MAX_PAGE), query.get('cursor') ?? undefined, matcher(query))
  return { letters: [...dlqIds].flatMap((dlqId) => found(() => deadLetters.get(dlqId))), cursor: undefined }
}

function matcher(query: URLSearchParams): (letter: DeadLetter) => boolean {
  const matches = parseFilters(query)
  return (letter) => matches(filterableDeadLetter(letter))
}

function found(get: () => DeadLetter): DeadLetter[] {
  try {
    return [get()]
  } catch (error) {
    if (error instanceof ApiError) return []
    throw error
  }
}
