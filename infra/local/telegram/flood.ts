import { TelegramError } from './telegram-error.ts'

export interface FloodLimit {
  /** So many messages to one chat ... */
  messages: number
  /** ... in any time of this length. */
  perMs: number
}

/** Refuses who writes too fast to one chat, as Telegram does; without a limit, nobody. */
export class FloodGuard {
  limit: FloodLimit | undefined
  readonly #sent = new Map<number, number[]>()
  readonly #now: () => number

  constructor(now: () => number, limit?: FloodLimit) {
    this.#now = now
    this.limit = limit
  }

  /** Counts a message. @throws TelegramError 429 with the seconds to wait */
  count(chatId: number): void {
    if (!this.limit) return
    const now = this.#now()
    const { messages, perMs } = this.limit
    const recent = (this.#sent.get(chatId) ?? []).filter((at) => now - at < perMs)
    const [oldest] = recent
    if (oldest !== undefined && recent.length >= messages) {
      const seconds = Math.max(1, Math.ceil((oldest + perMs - now) / 1000))
      throw new TelegramError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
    }
    this.#sent.set(chatId, [...recent, now])
  }
}
