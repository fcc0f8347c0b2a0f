import { ApiError } from './api-error.ts'
import type { Answer, Message } from './message.ts'
import type { DeadLetter, Store } from './store.ts'

const RETENTION_MS = 30 * 86_400_000
/** Pruning at every failure would read the whole table each time. */
const PRUNE_EVERY = 256

/** Messages that were given up, until they are deleted or tried again. */
export class DeadLetters {
  readonly #store: Store
  #lastSeq: number

  constructor(store: Store) {
    this.#store = store
    this.#lastSeq = store.lastDeadLetterSeq()
  }

  /** @returns its `dlqId` */
  add({ id, spec, body }: Message, answer: Answer, nowMs: number): string {
    this.#lastSeq += 1
    const letter = { seq: this.#lastSeq, messageId: id, failedAtMs: nowMs, spec, body, answer }
    this.#store.insertDeadLetter(letter)
    if (letter.seq % PRUNE_EVERY === 0) this.#store.deleteDeadLettersBefore(nowMs - RETENTION_MS)
    return dlqIdOf(letter)
  }

  /** @throws ApiError 404 */
  get(dlqId: string): DeadLetter {
    const seq = seqOf(dlqId)
    const letter = seq === undefined ? undefined : this.#store.deadLetter(seq)
    if (letter === undefined || dlqIdOf(letter) !== dlqId) throw new ApiError(404, `dlq message ${dlqId} not found`)
    return letter
  }

  /**
   * Newest first, at most `count` that match, from where an earlier page ended.
   *
   * @throws ApiError 400 when the cursor is not one of ours
   */
  page(count: number, cursor: string | undefined, matches: (letter: DeadLetter) => boolean) {
    const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : seqOf(cursor)
    if (before === undefined) throw new ApiError(400, `invalid cursor: ${cursor}`)
    const letters: DeadLetter[] = []
    for (const letter of this.#store.deadLetters(before)) {
      if (!matches(letter)) continue
      const last = letters.at(-1)
      if (letters.length === count && last !== undefined) return { letters, cursor: dlqIdOf(last) }
      letters.push(letter)
    }
    return { letters, cursor: undefined }
  }

  delete(letter: DeadLetter): void {
    this.#store.deleteDeadLetter(letter.seq)
  }
}

export const dlqIdOf = (letter: { seq: number; failedAtMs: number }) => `${Math.floor(letter.failedAtMs)}-${letter.seq}`

function seqOf(dlqId: string): number | undefined {
  const digits = /^\d{1,15}-(\d{1,15})$/.exec(dlqId)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
