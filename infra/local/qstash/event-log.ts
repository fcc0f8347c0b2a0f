import type { Message } from './message.ts'
import type { Store } from './store.ts'

export type LogState = 'CREATED' | 'ACTIVE' | 'DELIVERED' | 'ERROR' | 'RETRY' | 'FAILED' | 'CANCELED'

export interface LogEntry {
  seq: number
  time: number
  state: LogState
  messageId: string
  url: string
  method: string
  topicName?: string
  endpointName?: string
  scheduleId?: string
  queueName?: string
  flowControlKey?: string
  labels?: string[]
  callerIp: string
  maxRetries: number
  nextDeliveryTime?: number
  error?: string
  responseStatus?: number
}

export type LogDetails = Pick<LogEntry, 'nextDeliveryTime' | 'error' | 'responseStatus'>

const RETAINED = 10_000

/** What happened to each message, newest kept: a bounded list in memory, saved with the transactions of the store. */
export class EventLog {
  readonly #store: Store
  readonly #onEntry: ((entry: LogEntry) => void) | undefined
  #entries: LogEntry[]
  #unsaved: LogEntry[] = []
  #lastSeq: number

  constructor(store: Store, onEntry?: (entry: LogEntry) => void) {
    this.#store = store
    this.#onEntry = onEntry
    this.#entries = store.logs<LogEntry>()
    this.#lastSeq = this.#entries.at(-1)?.seq ?? 0
    store.beforeCommit(() => this.#save())
  }

  append(state: LogState, { id, spec }: Message, timeMs: number, details?: LogDetails): void {
    this.#lastSeq += 1
    const entry: LogEntry = {
      seq: this.#lastSeq,
      time: timeMs,
      state,
      messageId: id,
      url: spec.url,
      method: spec.method,
      topicName: spec.topicName,
      endpointName: spec.endpointName,
      scheduleId: spec.scheduleId,
      queueName: spec.queueName,
      flowControlKey: spec.flow?.key,
      labels: spec.labels,
      callerIp: spec.callerIp,
      maxRetries: spec.maxRetries,
      nextDeliveryTime: details?.nextDeliveryTime,
      error: details?.error,
      responseStatus: details?.responseStatus,
    }
    this.#entries.push(entry)
    this.#unsaved.push(entry)
    if (this.#entries.length > RETAINED * 1.2) this.#trim()
    this.#onEntry?.(entry)
  }

  /** Newest first, those before `beforeSeq`. */
  *newestFirst(beforeSeq = Number.POSITIVE_INFINITY): Generator<LogEntry> {
    for (let index = this.#entries.length - 1; index >= 0; index--) {
      const entry = this.#entries[index]
      if (entry !== undefined && entry.seq < beforeSeq) yield entry
    }
  }

  #trim(): void {
    this.#entries = this.#entries.slice(-RETAINED)
    this.#store.deleteLogsBefore(this.#entries[0]?.seq ?? 0)
  }

  #save(): void {
    const last = this.#unsaved.at(-1)
    if (last === undefined) return
    this.#store.insertLogs(last.seq, this.#unsaved)
    this.#unsaved = []
  }
}
