import { ApiError } from './api-error.ts'
import type { Clock } from './clock.ts'
import { Fifo } from './fifo.ts'
import type { FlowLimits, Message } from './message.ts'
import type { Store } from './store.ts'

/** Limits of one key as they are kept. */
interface FlowSettings {
  key: string
  parallelism?: number
  rate?: number
  periodS: number
  isPaused: boolean
  isPinnedParallelism: boolean
  isPinnedRate: boolean
}

interface FlowState {
  settings: FlowSettings
  activeCount: number
  rateCount: number
  periodStartMs: number
  waiting: Fifo<Message>
  cancelTimer?: () => void
}

export interface Pin {
  parallelism?: number
  rate?: number
  periodS?: number
}

/** Limits on calls by key: how many at the same time, how many in a period. Who does not fit waits in line. */
export class FlowControl {
  readonly #store: Store
  readonly #clock: Clock
  readonly #release: (message: Message) => void
  readonly #flows = new Map<string, FlowState>()

  /** @param release called with a message whose turn has come */
  constructor(store: Store, clock: Clock, release: (message: Message) => void) {
    this.#store = store
    this.#clock = clock
    this.#release = release
    for (const settings of store.documents<FlowSettings>('flow')) this.#flows.set(settings.key, newFlow(settings))
  }

  /** A newly accepted message brings its limits, which hold for the whole key unless they are pinned. */
  configure(limits: FlowLimits): void {
    const flow = this.#obtain(limits.key)
    const { settings } = flow
    const before = JSON.stringify(settings)
    if (!settings.isPinnedParallelism) settings.parallelism = limits.parallelism
    if (!settings.isPinnedRate) {
      settings.rate = limits.rate
      settings.periodS = limits.periodS ?? 1
    }
    if (JSON.stringify(settings) === before) return
    this.#save(flow)
    this.#pump(flow)
  }

  /** Takes a place for the message, or keeps it in line and releases it later. @returns whether it may go now */
  tryEnter(message: Message): boolean {
    const key = message.spec.flow?.key
    if (key === undefined) return true
    const flow = this.#obtain(key)
    this.#dropGone(flow)
    if (flow.waiting.length === 0 && this.#hasRoom(flow)) {
      take(flow)
      return true
    }
    flow.waiting.push(message)
    this.#pump(flow)
    return false
  }

  leave(message: Message): void {
    const flow = this.#flows.get(message.spec.flow?.key ?? '')
    if (flow === undefined) return
    flow.activeCount -= 1
    this.#pump(flow)
  }

  setPaused(key: string, isPaused: boolean): void {
    const flow = this.#obtain(key)
    flow.settings.isPaused = isPaused
    this.#save(flow)
    this.#pump(flow)
  }

  /** Holds these limits against what messages bring, and starts a new period. */
  pin(key: string, pin: Pin): void {
    const flow = this.#obtain(key)
    if (pin.parallelism !== undefined) {
      flow.settings.parallelism = pin.parallelism
      flow.settings.isPinnedParallelism = true
    }
    if (pin.rate !== undefined || pin.periodS !== undefined) {
      flow.settings.rate = pin.rate ?? flow.settings.rate
      flow.settings.periodS = pin.periodS ?? 1
      flow.settings.isPinnedRate = true
    }
    this.#save(flow)
    this.#restartPeriod(flow)
  }

  /** The pinned limits stay in force until a message brings others. */
  unpin(key: string, which: { parallelism: boolean; rate: boolean }): void {
    const flow = this.#obtain(key)
    if (which.parallelism) flow.settings.isPinnedParallelism = false
    if (which.rate) flow.settings.isPinnedRate = false
    this.#save(flow)
  }

  resetRate(key: string): void {
    this.#restartPeriod(this.#obtain(key))
  }

  /** @throws ApiError 404 when no message or command ever named the key */
  info(key: string) {
    const flow = this.#flows.get(key)
    if (flow === undefined) throw new ApiError(404, `flow control key ${key} not found`)
    const { settings } = flow
    const isPeriodOver = this.#clock.now() >= this.#periodEndMs(flow)
    return {
      flowControlKey: key,
      waitListSize: [...flow.waiting].filter(({ state }) => state !== 'gone').length,
      parallelismMax: settings.parallelism ?? 0,
      parallelismCount: flow.activeCount,
      rateMax: settings.rate ?? 0,
      rateCount: isPeriodOver ? 0 : flow.rateCount,
      ratePeriod: settings.periodS,
      ratePeriodStart: Math.floor(flow.periodStartMs / 1_000),
      isPaused: settings.isPaused,
      isPinnedParallelism: settings.isPinnedParallelism,
      isPinnedRate: settings.isPinnedRate,
    }
  }

  list() {
    return [...this.#flows.keys()].sort().map((key) => this.info(key))
  }

  close(): void {
    for (const flow of this.#flows.values()) flow.cancelTimer?.()
  }

  #obtain(key: string): FlowState {
    let flow = this.#flows.get(key)
    if (flow === undefined) {
      flow = newFlow({ key, periodS: 1, isPaused: false, isPinnedParallelism: false, isPinnedRate: false })
      this.#flows.set(key, flow)
    }
    return flow
  }

  #save(flow: FlowState): void {
    this.#store.putDocument('flow', flow.settings.key, flow.settings)
  }

  #restartPeriod(flow: FlowState): void {
    flow.rateCount = 0
    flow.periodStartMs = this.#clock.now()
    this.#pump(flow)
  }

  #periodEndMs(flow: FlowState): number {
    return flow.periodStartMs + flow.settings.periodS * 1_000
  }

  #hasRoom(flow: FlowState): boolean {
    const { isPaused, parallelism, rate } = flow.settings
    if (isPaused || (parallelism !== undefined && flow.activeCount >= parallelism)) return false
    const nowMs = this.#clock.now()
    if (nowMs >= this.#periodEndMs(flow)) {
      flow.periodStartMs = nowMs
      flow.rateCount = 0
    }
    return rate === undefined || flow.rateCount < rate
  }

  #dropGone(flow: FlowState): void {
    while (flow.waiting.peek()?.state === 'gone') flow.waiting.shift()
  }

  #pump(flow: FlowState): void {
    flow.cancelTimer?.()
    flow.cancelTimer = undefined
    for (this.#dropGone(flow); flow.waiting.length > 0 && this.#hasRoom(flow); this.#dropGone(flow)) {
      const message = flow.waiting.shift()
      if (message === undefined) break
      take(flow)
      this.#release(message)
    }
    const isRateBound = flow.settings.rate !== undefined && flow.rateCount >= flow.settings.rate
    if (flow.waiting.length === 0 || flow.settings.isPaused || !isRateBound) return
    flow.cancelTimer = this.#clock.setTimer(() => this.#pump(flow), this.#periodEndMs(flow) - this.#clock.now())
  }
}

function take(flow: FlowState): void {
  flow.activeCount += 1
  flow.rateCount += 1
}

const newFlow = (settings: FlowSettings): FlowState => ({
  settings,
  activeCount: 0,
  rateCount: 0,
  periodStartMs: 0,
  waiting: new Fifo(),
})
