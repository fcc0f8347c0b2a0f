import { ApiError } from './api-error.ts'
import type { Broker } from './broker.ts'
import type { EventLog, LogEntry } from './event-log.ts'
import { filterableLogEntry, filterableMessage, parseCount, parseFilters } from './filters.ts'
import type { Message } from './message.ts'
import type { Routes } from './router.ts'
import { messageView } from './views.ts'

const MAX_LOGS = 1_000

/** Messages on their way, and the log of what happened to them. */
export function messageRoutes(broker: Broker): Routes {
  const { dispatcher, log, store } = broker
  const find = (messageId: string | undefined): Message => {
    const message = dispatcher.messages.get(messageId ?? '')
    if (message === undefined) throw new ApiError(404, `message ${messageId} not found`)
    return message
  }
  return {
    'GET /v2/messages/:id': ({ parameters }) => ({ status: 200, body: messageView(find(parameters.id)) }),
    'DELETE /v2/messages/:id': async ({ parameters }) => {
      broker.cancel([find(parameters.id)])
      await store.committed()
      return { status: 200, body: { cancelled: 1 } }
    },
    'DELETE /v2/messages': async ({ query }) => {
      const matches = parseFilters(query)
      const found = [...dispatcher.messages.values()].filter(({ id, spec }) => matches(filterableMessage(id, spec)))
      broker.cancel(found)
      await store.committed()
      return { status: 200, body: { cancelled: found.length } }
    },
    'GET /v2/events': ({ query }) => {
      const { entries, cursor } = logPage(log, query)
      return { status: 200, body: { events: entries, cursor } }
    },
    'GET /v2/logs': ({ query }) => {
      const { entries, cursor } = logPage(log, query)
      return { status: 200, body: { logs: entries, cursor } }
    },
  }
}

function logPage(log: EventLog, query: URLSearchParams) {
  const count = parseCount(query, MAX_LOGS)
  const matches = parseFilters(query)
  const cursor = query.get('cursor')
  if (cursor !== null && !/^\d{1,15}$/.test(cursor)) throw new ApiError(400, `invalid cursor: ${cursor}`)
  const entries: LogEntry[] = []
  for (const entry of log.newestFirst(cursor === null ? undefined : Number(cursor))) {
    if (!matches(filterableLogEntry(entry))) continue
    if (entries.length === count) return { entries, cursor: String(entries.at(-1)?.seq) }
    entries.push(entry)
  }
  return { entries, cursor: undefined }
}
