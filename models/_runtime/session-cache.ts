/** A session that is being made or there, and how many calls are using it. */
export interface Lease<Session> {
  session: Promise<Session>
  /** Was it made for this call? */
  cold: boolean
  /** Ends the use. A session that `failed` is not handed out again. */
  end(outcome: 'done' | 'failed'): void
}

interface Entry<Session> {
  session: Promise<Session>
  users: number
  dropped: boolean
}

/**
 * Keeps the sessions that were used last. One that leaves is released when its last user is done, never under its hands.
 */
export class SessionCache<Session> {
  /** In order of last use. */
  readonly #entries = new Map<string, Entry<Session>>()
  readonly #maxSessions: number
  readonly #release: (session: Session) => Promise<void>

  constructor(maxSessions: number, release: (session: Session) => Promise<void>) {
    this.#maxSessions = maxSessions
    this.#release = release
  }

  lease(key: string, create: () => Promise<Session>): Lease<Session> {
    const known = this.#entries.get(key)
    const entry = known ?? { session: create(), users: 0, dropped: false }
    entry.users++
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#maxSessions) break
      this.#drop(oldest)
    }
    return {
      session: entry.session,
      cold: known === undefined,
      end: (outcome) => {
        entry.users--
        if (outcome === 'failed' && this.#entries.get(key) === entry) this.#drop(key)
        else this.#releaseUnused(entry)
      },
    }
  }

  clear() {
    for (const key of [...this.#entries.keys()]) this.#drop(key)
  }

  #drop(key: string) {
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    this.#entries.delete(key)
    entry.dropped = true
    this.#releaseUnused(entry)
  }

  #releaseUnused(entry: Entry<Session>) {
    if (!entry.dropped || entry.users > 0) return
    entry.session.then(this.#release).catch(() => undefined) // it never came to be, or is beyond help
  }
}
