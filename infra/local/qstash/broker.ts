import { callbackMessage } from './callbacks.ts'
import type { Clock } from './clock.ts'
import { DeadLetters } from './dead-letters.ts'
import { Deduplicator } from './deduplicator.ts'
import { type AttemptResult, Dispatcher } from './dispatcher.ts'
import { EventLog, type LogEntry } from './event-log.ts'
import { HttpTransport } from './http-transport.ts'
import { newId } from './ids.ts'
import { type Answer, isSuccess, type Message, type MessageSpec } from './message.ts'
import { retryAfterMs } from './retry-after.ts'
import { compileRetryDelay, defaultRetryDelayMs } from './retry-delay.ts'
import type { Signer } from './signature.ts'
import type { Store } from './store.ts'

const DEFAULT_TIMEOUT_MS = 900_000
const NON_RETRYABLE_STATUS = 489

export interface BrokerOptions {
  store: Store
  clock: Clock
  signer: Signer
  retryDelayScale: number
  onEvent?: (entry: LogEntry) => void
}

/** The life of a message: accepted, attempted, and then delivered, tried again or put into the dead letter queue. */
export class Broker {
  readonly store: Store
  readonly clock: Clock
  readonly signer: Signer
  readonly log: EventLog
  readonly dispatcher: Dispatcher
  readonly deadLetters: DeadLetters
  readonly deduplicator: Deduplicator
  /** Told how each message of a schedule ended. */
  onScheduledEnd: (scheduleId: string, messageId: string, isDelivered: boolean) => void = () => {}
  readonly #transport: HttpTransport
  readonly #retryDelayScale: number
  readonly #backlog: Message[]
  #lastSeq: number
  #isClosed = false

  constructor({ store, clock, signer, retryDelayScale, onEvent }: BrokerOptions) {
    this.store = store
    this.clock = clock
    this.signer = signer
    this.log = new EventLog(store, onEvent)
    this.deadLetters = new DeadLetters(store)
    this.deduplicator = new Deduplicator(store)
    this.#retryDelayScale = retryDelayScale
    this.#backlog = store.messages()
    this.#lastSeq = this.#backlog.at(-1)?.seq ?? 0
    this.#transport = new HttpTransport(clock)
    this.dispatcher = new Dispatcher(store, clock, (message) => this.#attempt(message))
  }

  /** Takes up what an earlier process left; what was on its way then is sent again. */
  resume(): void {
    for (const message of this.#backlog.splice(0)) this.dispatcher.accept(message)
  }

  newMessage(spec: MessageSpec, body: Buffer): Message {
    this.#lastSeq += 1
    return { seq: this.#lastSeq, id: newId('msg'), spec, body, retried: 0, dueAtMs: spec.notBeforeMs, state: 'waiting' }
  }

  /** Accepts messages. Resolves when they are safe; only then are they delivered. */
  async submit(messages: readonly Message[]): Promise<void> {
    const nowMs = this.clock.now()
    for (const message of messages) {
      this.store.insertMessage(message)
      this.log.append('CREATED', message, nowMs)
    }
    await this.store.committed()
    for (const message of messages) {
      if (message.spec.flow !== undefined) this.dispatcher.flows.configure(message.spec.flow)
      this.dispatcher.accept(message)
    }
  }

  cancel(messages: readonly Message[]): void {
    this.dispatcher.finish(messages)
    for (const message of messages) {
      this.store.deleteMessage(message)
      this.log.append('CANCELED', message, this.clock.now())
    }
  }

  close(): void {
    this.#isClosed = true
    this.dispatcher.close()
    this.#transport.close()
  }

  async #attempt(message: Message): Promise<AttemptResult> {
    const { spec, body } = message
    this.log.append('ACTIVE', message, this.clock.now())
    const answer = await this.#transport.send({
      url: spec.url,
      method: spec.method,
      headers: this.#headers(message),
      body,
      timeoutMs: spec.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      keepsSuccessBody: spec.callback !== undefined,
    })
    // A call cut off by our own shutdown says nothing about the destination: it is made again after the next start.
    if (this.#isClosed || message.state === 'gone') return 'finished'
    return isSuccess(answer) ? this.#delivered(message, answer) : this.#failed(message, answer)
  }

  #headers({ id, spec, body, retried }: Message): [string, string][] {
    const headers: [string, string][] = [
      ...spec.headers,
      ['Upstash-Message-Id', id],
      ['Upstash-Retried', String(retried)],
      ['Upstash-Signature', this.signer.sign(spec.url, body, newId('jwt'), this.clock.now())],
    ]
    if (!spec.headers.some(([name]) => name === 'user-agent')) headers.push(['User-Agent', 'Upstash-QStash'])
    if (spec.scheduleId !== undefined) headers.push(['Upstash-Schedule-Id', spec.scheduleId])
    if (spec.queueName !== undefined) headers.push(['Upstash-Queue-Name', spec.queueName])
    return headers
  }

  #delivered(message: Message, answer: Answer): AttemptResult {
    this.store.deleteMessage(message)
    this.log.append('DELIVERED', message, this.clock.now(), { responseStatus: answer.status })
    this.#callBack(message, answer)
    this.#noteEnd(message, true)
    return 'finished'
  }

  #failed(message: Message, answer: Answer): AttemptResult {
    const nowMs = this.clock.now()
    const error = answer.status === 0 ? answer.body.toString() : `status ${answer.status}`
    this.log.append('ERROR', message, nowMs, { error, responseStatus: answer.status })
    const isFinal = message.retried >= message.spec.maxRetries || isNonRetryable(answer)
    this.#callBack(message, answer)
    if (isFinal) return this.#giveUp(message, answer)
    message.dueAtMs = nowMs + this.#retryDelayMs(message, answer) * this.#retryDelayScale
    message.retried += 1
    this.store.updateMessage(message)
    this.log.append('RETRY', message, nowMs, { nextDeliveryTime: Math.round(message.dueAtMs) })
    return 'again'
  }

  #giveUp(message: Message, answer: Answer): AttemptResult {
    const nowMs = this.clock.now()
    const dlqId = this.deadLetters.add(message, answer, nowMs)
    this.store.deleteMessage(message)
    this.log.append('FAILED', message, nowMs, { responseStatus: answer.status })
    const { failureCallback } = message.spec
    if (failureCallback !== undefined) this.#submitSoon(callbackMessage(failureCallback, message, answer, nowMs, dlqId))
    this.#noteEnd(message, false)
    return 'finished'
  }

  #retryDelayMs({ spec, retried }: Message, answer: Answer): number {
    const askedMs = retryAfterMs((name) => answer.headers[name]?.[0], this.clock.now())
    if (askedMs !== undefined) return askedMs
    return spec.retryDelay === undefined
      ? defaultRetryDelayMs(retried + 1)
      : compileRetryDelay(spec.retryDelay)(retried)
  }

  #callBack(message: Message, answer: Answer): void {
    const { callback } = message.spec
    if (callback !== undefined) this.#submitSoon(callbackMessage(callback, message, answer, this.clock.now()))
  }

  /** In the same transaction as the change that caused it: no callback is lost, none is sent for what did not happen. */
  #submitSoon({ spec, body }: { spec: MessageSpec; body: Buffer }): void {
    this.submit([this.newMessage(spec, body)]).catch(() => {
      // The store refuses from now on and says so to every publisher; the cause of this callback is not recorded either.
    })
  }

  #noteEnd({ id, spec }: Message, isDelivered: boolean): void {
    if (spec.scheduleId !== undefined) this.onScheduledEnd(spec.scheduleId, id, isDelivered)
  }
}

const isNonRetryable = ({ status, headers }: Answer) =>
  status === NON_RETRYABLE_STATUS && headers['upstash-nonretryable-error']?.[0] === 'true'
