import { badRequest } from './telegram-error.ts'

export interface Update {
  update_id: number
  [kind: string]: unknown
}

export interface Webhook {
  url: string
  secretToken: string | undefined
  allowedUpdates: readonly string[]
}

export interface Timers {
  now(): number
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

const firstPauseMs = 1_000
const longestPauseMs = 60_000
const answerLimitMs = 20_000

/**
 * What people did, on its way to the bot: posted to its webhook with the secret, again and again until it answers 2xx, in
 * order within a chat; or kept until the bot asks for it.
 */
export class Updates {
  #webhook: Webhook | undefined
  #nextId: number
  #pending: Update[] = []
  #lastError: { at: number; message: string } | undefined
  readonly #lines = new Map<number, Promise<void>>()
  readonly #arrivals = new Set<() => void>()
  readonly #closing = new AbortController()
  readonly #timers: Timers

  /** @param firstId ids that were used before a restart are known to the bot, which would take new ones for repetitions */
  constructor(timers: Timers, firstId = Math.floor(timers.now() / 1000)) {
    this.#timers = timers
    this.#nextId = firstId
  }

  /** @param line updates of one line are delivered one after the other: the person's id */
  push(line: number, kind: string, content: unknown): Update {
    const update = { update_id: this.#nextId++, [kind]: content }
    if (this.#webhook && !this.#isWanted(kind)) return update
    this.#pending.push(update)
    for (const arrive of this.#arrivals) arrive()
    if (this.#webhook) this.#enqueue(line, update)
    return update
  }

  setWebhook(webhook: Webhook | undefined, { dropPending = false } = {}): void {
    this.#webhook = webhook
    this.#lastError = undefined
    if (dropPending) this.#pending = []
    // What had come before has no line any more: in one, in order.
    if (webhook) for (const update of this.#pending) this.#enqueue(0, update)
  }

  get info() {
    const { url = '', allowedUpdates } = this.#webhook ?? {}
    return {
      url,
      has_custom_certificate: false,
      pending_update_count: this.#pending.length,
      ...(url !== '' && { max_connections: 40, allowed_updates: allowedUpdates }),
      ...(this.#lastError && {
        last_error_date: Math.floor(this.#lastError.at / 1000),
        last_error_message: this.#lastError.message,
      }),
    }
  }

  /** @throws TelegramError 409 while a webhook is set */
  async poll(offset: number, limit: number, waitMs: number): Promise<Update[]> {
    this.#pending = this.#pending.filter(({ update_id }) => update_id >= offset)
    if (this.#pending.length === 0 && waitMs > 0) await this.#arrival(waitMs)
    return this.#pending.slice(0, limit)
  }

  get hasWebhook(): boolean {
    return this.#webhook !== undefined
  }

  /** Resolves when nothing is being delivered. */
  async idle(): Promise<void> {
    await Promise.all(this.#lines.values())
  }

  close(): void {
    this.#closing.abort()
  }

  #isWanted(kind: string): boolean {
    const wanted = this.#webhook?.allowedUpdates ?? []
    return wanted.length === 0 || wanted.includes(kind)
  }

  async #arrival(waitMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#arrivals.add(resolve)
    await Promise.race([promise, this.#timers.sleep(waitMs, this.#closing.signal)])
    this.#arrivals.delete(resolve)
  }

  #enqueue(line: number, update: Update): void {
    const before = this.#lines.get(line) ?? Promise.resolve()
    const delivered = before.then(() => this.#deliver(update))
    this.#lines.set(line, delivered)
    void delivered.then(() => {
      if (this.#lines.get(line) === delivered) this.#lines.delete(line)
    })
  }

  async #deliver(update: Update): Promise<void> {
    for (let pauseMs = firstPauseMs; this.#isOpen(update); pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      if (this.#webhook && (await this.#post(this.#webhook, update))) {
        this.#pending = this.#pending.filter((other) => other !== update)
        return
      }
      if (this.#isOpen(update)) await this.#timers.sleep(pauseMs, this.#closing.signal)
    }
  }

  #isOpen(update: Update): boolean {
    return this.#webhook !== undefined && !this.#closing.signal.aborted && this.#pending.includes(update)
  }

  async #post({ url, secretToken }: Webhook, update: Update): Promise<boolean> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(secretToken !== undefined && { 'x-telegram-bot-api-secret-token': secretToken }),
        },
        body: JSON.stringify(update),
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(answerLimitMs)]),
      })
      await response.arrayBuffer()
      if (response.ok) return true
      this.#lastError = {
        at: this.#timers.now(),
        message: `Wrong response from the webhook: ${response.status} ${response.statusText}`,
      }
    } catch {
      this.#lastError = { at: this.#timers.now(), message: 'Connection refused or timed out' }
    }
    return false
  }
}

/** @throws TelegramError 400 for an address that Telegram would not take; on this machine TLS is not asked for */
export function assertWebhookUrl(url: string): void {
  const parsed = URL.parse(url)
  const isLocal = parsed !== null && ['localhost', '127.0.0.1', '[::1]'].includes(parsed.hostname)
  if (parsed === null) throw badRequest('bad webhook: invalid URL')
  if (parsed.protocol !== 'https:' && !(isLocal && parsed.protocol === 'http:'))
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
}
