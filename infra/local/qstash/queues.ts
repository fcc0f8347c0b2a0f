import { ApiError } from './api-error.ts'
import { Fifo } from './fifo.ts'
import type { Message } from './message.ts'
import type { Store } from './store.ts'

interface QueueSettings {
  name: string
  parallelism: number
  isPaused: boolean
  createdAtMs: number
  updatedAtMs: number
}

interface QueueState {
  settings: QueueSettings
  /** Not started yet, in order of acceptance. */
  line: Fifo<Message>
  /** Started and not finished: a message keeps its place between its attempts, so that none overtakes it. */
  held: Set<Message>
  /** Whose time came while the queue was paused. */
  parked: Set<Message>
}

export interface QueueChange {
  parallelism?: number
  isPaused?: boolean
}

const NAME = /^[\w.-]{1,256}$/
const MAX_PARALLELISM = 1_000

/** FIFO queues: as many messages at a time as the queue's parallelism, each until it is delivered or given up. */
export class Queues {
  readonly #store: Store
  readonly #release: (message: Message) => void
  readonly #queues = new Map<string, QueueState>()

  /** @param release called with a message whose turn has come */
  constructor(store: Store, release: (message: Message) => void) {
    this.#store = store
    this.#release = release
    for (const settings of store.documents<QueueSettings>('queue')) this.#queues.set(settings.name, newQueue(settings))
  }

  /** @throws ApiError when name or parallelism cannot be */
  upsert(name: string, change: QueueChange, nowMs: number): void {
    assertQueueName(name)
    const parallelism = change.parallelism ?? this.#queues.get(name)?.settings.parallelism ?? 1
    if (parallelism < 1) throw new ApiError(400, 'parallelism must be greater than 0')
    if (parallelism > MAX_PARALLELISM) throw new ApiError(412, `parallelism is at most ${MAX_PARALLELISM}`)
    const queue = this.#obtain(name, nowMs)
    const isPaused = change.isPaused ?? queue.settings.isPaused
    Object.assign(queue.settings, { parallelism, isPaused, updatedAtMs: nowMs })
    this.#store.putDocument('queue', name, queue.settings)
    if (!isPaused) this.#unpark(queue)
    this.#pump(queue)
  }

  join(message: Message, nowMs: number): void {
    const queue = this.#obtain(message.spec.queueName ?? '', nowMs)
    queue.line.push(message)
    this.#pump(queue)
  }

  /** @returns whether the message has to wait because its queue is paused */
  park(message: Message): boolean {
    const queue = this.#queues.get(message.spec.queueName ?? '')
    if (queue === undefined || !queue.settings.isPaused) return false
    queue.parked.add(message)
    return true
  }

  /** The message is delivered, given up or cancelled: the next one's turn. */
  leave(message: Message): void {
    const queue = this.#queues.get(message.spec.queueName ?? '')
    if (queue === undefined) return
    queue.held.delete(message)
    queue.parked.delete(message)
    this.#pump(queue)
  }

  /** Forgets the queue. @returns its messages, which go with it */
  delete(name: string): Message[] {
    assertQueueName(name)
    const queue = this.#queues.get(name)
    this.#queues.delete(name)
    this.#store.deleteDocument('queue', name)
    return queue === undefined ? [] : [...queue.held, ...queue.line].filter(({ state }) => state !== 'gone')
  }

  /** @throws ApiError 404 when there is no such queue */
  info(name: string) {
    assertQueueName(name)
    const queue = this.#queues.get(name)
    if (queue === undefined) throw new ApiError(404, `queue ${name} not found`)
    const { settings } = queue
    return {
      name,
      parallelism: settings.parallelism,
      paused: settings.isPaused,
      lag: queue.held.size + [...queue.line].filter(({ state }) => state !== 'gone').length,
      createdAt: settings.createdAtMs,
      updatedAt: settings.updatedAtMs,
    }
  }

  list() {
    return [...this.#queues.keys()].sort().map((name) => this.info(name))
  }

  #obtain(name: string, nowMs: number): QueueState {
    let queue = this.#queues.get(name)
    if (queue === undefined) {
      queue = newQueue({ name, parallelism: 1, isPaused: false, createdAtMs: nowMs, updatedAtMs: nowMs })
      this.#queues.set(name, queue)
      this.#store.putDocument('queue', name, queue.settings)
    }
    return queue
  }

  #unpark(queue: QueueState): void {
    const parked = [...queue.parked]
    queue.parked.clear()
    for (const message of parked) this.#release(message)
  }

  #pump(queue: QueueState): void {
    while (!queue.settings.isPaused && queue.held.size < queue.settings.parallelism) {
      const message = queue.line.shift()
      if (message === undefined) return
      if (message.state === 'gone') continue
      queue.held.add(message)
      this.#release(message)
    }
  }
}

/** @throws ApiError 400 */
export function assertQueueName(name: string): void {
  if (!NAME.test(name))
    throw new ApiError(400, 'queue names contain only letters, digits, hyphens, periods and underscores')
}

const newQueue = (settings: QueueSettings): QueueState => ({
  settings,
  line: new Fifo(),
  held: new Set(),
  parked: new Set(),
})
