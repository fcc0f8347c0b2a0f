import { ApiError } from './api-error.ts'
import type { LogEntry } from './event-log.ts'
import type { MessageSpec } from './message.ts'
import { splitList } from './publish-options.ts'
import type { DeadLetter } from './store.ts'

/** What messages, log entries and dead letters have in common to be found by. */
export interface Filterable {
  messageId: string
  url: string
  topicName?: string
  queueName?: string
  scheduleId?: string
  flowControlKey?: string
  labels?: string[]
  callerIp: string
  timeMs: number
  state?: string
  responseStatus?: number
}

type Matcher = (item: Filterable, accepted: ReadonlySet<string>) => boolean

const IN_PROGRESS: ReadonlySet<string> = new Set(['ACTIVE', 'RETRY', 'ERROR'])

const MATCHERS: Readonly<Record<string, Matcher>> = {
  messageId: ({ messageId }, accepted) => accepted.has(messageId),
  messageIds: ({ messageId }, accepted) => accepted.has(messageId),
  url: ({ url }, accepted) => accepted.has(url),
  host: ({ url }, accepted) => accepted.has(new URL(url).host) || accepted.has(new URL(url).hostname),
  path: ({ url }, accepted) => accepted.has(new URL(url).pathname),
  topicName: ({ topicName }, accepted) => topicName !== undefined && accepted.has(topicName),
  queueName: ({ queueName }, accepted) => queueName !== undefined && accepted.has(queueName),
  scheduleId: ({ scheduleId }, accepted) => scheduleId !== undefined && accepted.has(scheduleId),
  flowControlKey: ({ flowControlKey }, accepted) => flowControlKey !== undefined && accepted.has(flowControlKey),
  callerIp: ({ callerIp }, accepted) => accepted.has(callerIp),
  label: ({ labels }, accepted) => labels?.some((label) => accepted.has(label)) ?? false,
  responseStatus: ({ responseStatus }, accepted) => accepted.has(String(responseStatus)),
  state: ({ state }, accepted) =>
    state !== undefined && (accepted.has(state) || (accepted.has('IN_PROGRESS') && IN_PROGRESS.has(state))),
}

/** Values that may hold a comma themselves are only repeated, never split. */
const NEVER_SPLIT = new Set(['url', 'path', 'flowControlKey'])

/**
 * Reads the filters of a query: values of one filter are alternatives, different filters all have to hold.
 *
 * @throws ApiError 400 when a date is none
 */
export function parseFilters(query: URLSearchParams): (item: Filterable) => boolean {
  const tests: ((item: Filterable) => boolean)[] = []
  for (const name of new Set(query.keys())) {
    const matches = MATCHERS[name]
    const values = query.getAll(name)
    if (matches !== undefined) {
      const accepted = new Set(NEVER_SPLIT.has(name) ? values : values.flatMap(splitList))
      tests.push((item) => matches(item, accepted))
    } else if (name === 'fromDate' || name === 'toDate') {
      const boundMs = Number(values[0])
      if (!Number.isFinite(boundMs)) throw new ApiError(400, `invalid ${name}: ${values[0]}`)
      tests.push(name === 'fromDate' ? ({ timeMs }) => timeMs >= boundMs : ({ timeMs }) => timeMs <= boundMs)
    }
  }
  return (item) => tests.every((test) => test(item))
}

/** @throws ApiError 400 unless it is a whole number from 1; more than the maximum gets the maximum */
export function parseCount(query: URLSearchParams, maximum: number): number {
  const text = query.get('count')
  if (text === null) return Math.min(100, maximum)
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) throw new ApiError(400, `invalid count: ${text}`)
  return Math.min(Number(text), maximum)
}

export function filterableMessage(messageId: string, spec: MessageSpec): Filterable {
  const { url, topicName, queueName, scheduleId, labels, callerIp, createdAtMs, flow } = spec
  return {
    messageId,
    url,
    topicName,
    queueName,
    scheduleId,
    labels,
    callerIp,
    timeMs: createdAtMs,
    flowControlKey: flow?.key,
  }
}

export function filterableDeadLetter({ messageId, spec, failedAtMs, answer }: DeadLetter): Filterable {
  return { ...filterableMessage(messageId, spec), timeMs: failedAtMs, responseStatus: answer.status }
}

export const filterableLogEntry = (entry: LogEntry): Filterable => ({ ...entry, timeMs: entry.time })
