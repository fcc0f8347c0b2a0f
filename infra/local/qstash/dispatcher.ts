import type { Clock } from './clock.ts'
import { DueHeap } from './due-heap.ts'
import { Fifo } from './fifo.ts'
import { FlowControl } from './flow-control.ts'
import type { Message } from './message.ts'
import { Queues } from './queues.ts'
import type { Store } from './store.ts'

/** Calls to destinations at the same time, over all keys and queues. */
export const MAX_ACTIVE = 100

/** What became of an attempt: the message is finished, or is to be tried again at its (new) time. */
export type AttemptResult = 'finished' | 'again'

interface Waiting {
  dueAtMs: number
  seq: number
  message: Message
}

/**
 * Decides when a message is attempted. It passes four gates in turn: its queue, its time, its flow control key, and a
 * free slot. Messages that are cancelled on the way are skipped where they are found.
 */
export class Dispatcher {
  readonly queues: Queues
  readonly flows: FlowControl
  readonly #clock: Clock
  readonly #attempt: (message: Message) => Promise<AttemptResult>
  readonly #messages = new Map<string, Message>()
  readonly #byTime = new DueHeap<Waiting>()
  readonly #ready = new Fifo<Message>()
  readonly #idleWaiters: (() => void)[] = []
  #activeCount = 0
  #isStartDue = false
  #timer: { atMs: number; cancel: () => void } | undefined
  #isClosed = false

  constructor(store: Store, clock: Clock, attempt: (message: Message) => Promise<AttemptResult>) {
    this.#clock = clock
    this.#attempt = attempt
    this.queues = new Queues(store, (message) => this.#schedule(message))
    this.flows = new FlowControl(store, clock, (message) => this.#enqueueReady(message))
  }

  get activeCount(): number {
    return this.#activeCount
  }

  /** All messages that are not finished. */
  get messages(): ReadonlyMap<string, Message> {
    return this.#messages
  }

  accept(message: Message): void {
    this.#messages.set(message.id, message)
    if (message.spec.queueName === undefined) this.#schedule(message)
    else this.queues.join(message, this.#clock.now())
  }

  /**
   * The messages are finished: not attempted again, whatever becomes of attempts on their way. All leave before any
   * makes way for another, so that none of them is started by the end of its neighbour.
   */
  finish(messages: readonly Message[]): void {
    const pending = messages.filter(({ state }) => state !== 'gone')
    for (const message of pending) {
      message.state = 'gone'
      this.#messages.delete(message.id)
    }
    for (const message of pending) this.queues.leave(message)
  }

  /** No destination is being called, none is about to be. */
  get isIdle(): boolean {
    return this.#activeCount === 0 && (this.#ready.length === 0 || this.#isClosed)
  }

  /** Resolves when idle. */
  idle(): Promise<void> {
    if (this.isIdle) return Promise.resolve()
    return new Promise((resolve) => this.#idleWaiters.push(resolve))
  }

  close(): void {
    this.#isClosed = true
    this.#timer?.cancel()
    this.flows.close()
  }

  #schedule(message: Message): void {
    if (message.dueAtMs > this.#clock.now()) {
      this.#byTime.push({ dueAtMs: message.dueAtMs, seq: message.seq, message })
      this.#armTimer()
    } else this.#pass(message)
  }

  #armTimer(): void {
    const next = this.#byTime.peek()
    if (next === undefined || this.#isClosed) return
    if (this.#timer !== undefined && this.#timer.atMs <= next.dueAtMs) return
    this.#timer?.cancel()
    const cancel = this.#clock.setTimer(() => this.#onTimer(), next.dueAtMs - this.#clock.now())
    this.#timer = { atMs: next.dueAtMs, cancel }
  }

  #onTimer(): void {
    this.#timer = undefined
    const nowMs = this.#clock.now()
    for (let next = this.#byTime.peek(); next !== undefined && next.dueAtMs <= nowMs; next = this.#byTime.peek()) {
      this.#byTime.pop()
      this.#pass(next.message)
    }
    this.#armTimer()
  }

  #pass(message: Message): void {
    if (message.state === 'gone' || this.queues.park(message)) return
    if (this.flows.tryEnter(message)) this.#enqueueReady(message)
  }

  #enqueueReady(message: Message): void {
    this.#ready.push(message)
    if (this.#isStartDue) return
    this.#isStartDue = true
    // In the next turn of the event loop: those who wait for the acknowledgement of a publish get it first.
    setImmediate(() => {
      this.#isStartDue = false
      this.#startReady()
    })
  }

  #startReady(): void {
    while (this.#activeCount < MAX_ACTIVE && !this.#isClosed) {
      const message = this.#ready.shift()
      if (message === undefined) break
      // Cancelled, or its queue paused, while it waited for its slot.
      if (message.state === 'gone' || this.queues.park(message)) this.flows.leave(message)
      else void this.#run(message)
    }
    if (this.isIdle) for (const resolve of this.#idleWaiters.splice(0)) resolve()
  }

  async #run(message: Message): Promise<void> {
    message.state = 'active'
    this.#activeCount += 1
    const result = await this.#attempt(message)
    this.#activeCount -= 1
    this.flows.leave(message)
    if (message.state === 'active') this.#settle(message, result)
    this.#startReady()
  }

  #settle(message: Message, result: AttemptResult): void {
    if (result === 'again') {
      message.state = 'waiting'
      this.#schedule(message)
    } else this.finish([message])
  }
}
