import { hash } from 'node:crypto'
import { Fifo } from './fifo.ts'
import type { Deduplication, Store } from './store.ts'

/** A publish with the same id or content within this time is answered with the first message's id. */
const WINDOW_MS = 600_000

/** Remembers deduplication ids for ten minutes. All live equally long, so the oldest is always the first to go. */
export class Deduplicator {
  readonly #store: Store
  readonly #byKey = new Map<string, Deduplication>()
  readonly #byAge = new Fifo<Deduplication>()
  #lastSeq = 0

  constructor(store: Store) {
    this.#store = store
    for (const deduplication of store.deduplications()) {
      this.#byKey.set(deduplication.key, deduplication)
      this.#byAge.push(deduplication)
      this.#lastSeq = deduplication.seq
    }
  }

  /** @returns id of the message that already has this key */
  find(key: string, nowMs: number): string | undefined {
    this.#forgetExpired(nowMs)
    return this.#byKey.get(key)?.messageId
  }

  remember(key: string, messageId: string, nowMs: number): void {
    this.#lastSeq += 1
    const deduplication = { seq: this.#lastSeq, key, messageId, expiresAtMs: nowMs + WINDOW_MS }
    this.#byKey.set(key, deduplication)
    this.#byAge.push(deduplication)
    this.#store.insertDeduplication(deduplication)
  }

  #forgetExpired(nowMs: number): void {
    let lastForgottenSeq: number | undefined
    for (
      let oldest = this.#byAge.peek();
      oldest !== undefined && oldest.expiresAtMs <= nowMs;
      oldest = this.#byAge.peek()
    ) {
      this.#byAge.shift()
      this.#byKey.delete(oldest.key)
      lastForgottenSeq = oldest.seq
    }
    if (lastForgottenSeq !== undefined) this.#store.deleteDeduplicationsUpTo(lastForgottenSeq)
  }
}

/** Same destination, same body, same forwarded headers: same key. */
export function contentKey(destination: string, headers: readonly [string, string][], body: Buffer): string {
  const sorted = headers.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const frame = JSON.stringify([destination, sorted, hash('sha256', body, 'hex')])
  return `content:${hash('sha256', frame, 'hex')}`
}
