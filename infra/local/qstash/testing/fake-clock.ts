import type { Clock } from '../clock.ts'

interface Timer {
  atMs: number
  seq: number
  callback: () => void
}

/** Time that moves only when told to, from one timer to the next. */
export class FakeClock implements Clock {
  #nowMs: number
  #lastSeq = 0
  readonly #timers = new Set<Timer>()

  constructor(nowMs: number) {
    this.#nowMs = nowMs
  }

  now(): number {
    return this.#nowMs
  }

  setTimer(callback: () => void, delayMs: number): () => void {
    this.#lastSeq += 1
    const timer = { atMs: this.#nowMs + Math.max(0, delayMs), seq: this.#lastSeq, callback }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  /** Moves on, and after each timer waits for what it set off. */
  async advance(byMs: number, settled: () => Promise<void>): Promise<void> {
    const untilMs = this.#nowMs + byMs
    await settled()
    for (let timer = this.#next(untilMs); timer !== undefined; timer = this.#next(untilMs)) {
      this.#nowMs = Math.max(this.#nowMs, timer.atMs)
      this.#timers.delete(timer)
      timer.callback()
      await settled()
    }
    this.#nowMs = untilMs
  }

  #next(untilMs: number): Timer | undefined {
    let next: Timer | undefined
    for (const timer of this.#timers)
      if (
        timer.atMs <= untilMs &&
        (next === undefined || timer.atMs < next.atMs || (timer.atMs === next.atMs && timer.seq < next.seq))
      )
        next = timer
    return next
  }
}
