import { matchesGlob } from './glob.ts'
import { type Bytes, wrongType } from './reply.ts'
import { SortedSet } from './sorted-set.ts'

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
}

export type Value = Bytes | Map<Bytes, Bytes> | Bytes[] | Set<Bytes> | SortedSet

export type TypeName = 'string' | 'hash' | 'list' | 'set' | 'zset'

interface Entry {
  readonly id: number
  value: Value
  expiresAtMs: number | undefined
}

export interface ScanPage {
  readonly cursor: string
  readonly keys: readonly Bytes[]
}

/** Entries looked at per write, so that keys nobody asks for again do not stay for ever. */
const sweptPerWrite = 2

/** The keyspace: typed values with expiry by an injected clock. An empty collection does not exist. */
export class Store {
  readonly clock: Clock
  /** In [0, 1); seeded, so that a run can be repeated. */
  readonly random: () => number
  readonly #entries = new Map<Bytes, Entry>()
  #sweeper: Iterator<[Bytes, Entry]> = this.#entries.entries()
  #walk: { readonly cursor: number; readonly entries: Iterator<[Bytes, Entry]> } | undefined
  #nextId = 1

  constructor(clock: Clock, random: () => number) {
    this.clock = clock
    this.random = random
  }

  get size(): number {
    this.#dropExpired()
    return this.#entries.size
  }

  get(key: Bytes): Value | undefined {
    return this.#live(key)?.value
  }

  string(key: Bytes): Bytes | undefined {
    const value = this.get(key)
    if (value === undefined || typeof value === 'string') return value
    throw wrongType()
  }

  hash(key: Bytes): Map<Bytes, Bytes> | undefined {
    const value = this.get(key)
    if (value === undefined || value instanceof Map) return value
    throw wrongType()
  }

  list(key: Bytes): Bytes[] | undefined {
    const value = this.get(key)
    if (value === undefined || Array.isArray(value)) return value
    throw wrongType()
  }

  members(key: Bytes): Set<Bytes> | undefined {
    const value = this.get(key)
    if (value === undefined || value instanceof Set) return value
    throw wrongType()
  }

  sortedSet(key: Bytes): SortedSet | undefined {
    const value = this.get(key)
    if (value === undefined || value instanceof SortedSet) return value
    throw wrongType()
  }

  /** Replaces the value and forgets the expiry, as SET does. */
  set(key: Bytes, value: Value): void {
    if (isEmptyCollection(value)) {
      this.delete(key)
      return
    }
    this.#sweep()
    const entry = this.#live(key)
    if (entry) {
      entry.value = value
      entry.expiresAtMs = undefined
    } else {
      this.#entries.set(key, { id: this.#nextId++, value, expiresAtMs: undefined })
    }
  }

  /** Replaces the value and keeps the expiry, as INCR does; an emptied collection is deleted. */
  update(key: Bytes, value: Value): void {
    const expiresAtMs = this.expiresAt(key)
    this.set(key, value)
    this.expireAt(key, expiresAtMs)
  }

  delete(key: Bytes): boolean {
    const existed = this.#live(key) !== undefined
    this.#entries.delete(key)
    return existed
  }

  clear(): void {
    this.#entries.clear()
  }

  expiresAt(key: Bytes): number | undefined {
    return this.#live(key)?.expiresAtMs
  }

  /** A moment that has passed deletes the key at once. */
  expireAt(key: Bytes, expiresAtMs: number | undefined): void {
    const entry = this.#live(key)
    if (!entry) return
    entry.expiresAtMs = expiresAtMs
    this.#live(key)
  }

  keys(): readonly Bytes[] {
    this.#dropExpired()
    return [...this.#entries.keys()]
  }

  /**
   * One page of a walk. The cursor is the id of the last entry seen and ids only grow, so that every key that lives
   * through the whole walk is seen exactly once, whatever is written or deleted meanwhile.
   */
  scan(cursor: number, count: number, pattern: Bytes | undefined, type: string | undefined): ScanPage {
    const keys: Bytes[] = []
    const now = this.clock.now()
    let seen = 0
    // The last walk goes on where it stopped; an older one, or a cursor from elsewhere, is found again from the start.
    const entries = this.#walk?.cursor === cursor ? this.#walk.entries : this.#entries.entries()
    for (let step = entries.next(); !step.done; step = entries.next()) {
      const [key, entry] = step.value
      if (entry.id <= cursor) continue
      seen += 1
      const wanted = !isExpired(entry, now) && (type === undefined || typeName(entry.value) === type)
      if (wanted && (pattern === undefined || matchesGlob(pattern, key))) keys.push(key)
      if (seen < count) continue
      this.#walk = { cursor: entry.id, entries }
      return { cursor: entry.id === this.#nextId - 1 ? '0' : String(entry.id), keys }
    }
    return { cursor: '0', keys }
  }

  #live(key: Bytes): Entry | undefined {
    const entry = this.#entries.get(key)
    if (!entry || !isExpired(entry, this.clock.now())) return entry
    this.#entries.delete(key)
    return undefined
  }

  #dropExpired(): void {
    const now = this.clock.now()
    for (const [key, entry] of this.#entries) if (isExpired(entry, now)) this.#entries.delete(key)
  }

  #sweep(): void {
    const now = this.clock.now()
    for (let looked = 0; looked < sweptPerWrite; looked++) {
      const step = this.#sweeper.next()
      if (step.done) {
        this.#sweeper = this.#entries.entries()
        return
      }
      const [key, entry] = step.value
      if (isExpired(entry, now)) this.#entries.delete(key)
    }
  }
}

export function typeName(value: Value): TypeName {
  if (typeof value === 'string') return 'string'
  if (Array.isArray(value)) return 'list'
  if (value instanceof Map) return 'hash'
  return value instanceof Set ? 'set' : 'zset'
}

export function copyValue(value: Value): Value {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return [...value]
  if (value instanceof Map) return new Map(value)
  return value instanceof Set ? new Set(value) : value.clone()
}

function isExpired(entry: Entry, nowMs: number): boolean {
  return entry.expiresAtMs !== undefined && entry.expiresAtMs <= nowMs
}

function isEmptyCollection(value: Value): boolean {
  if (typeof value === 'string') return false
  return Array.isArray(value) ? value.length === 0 : value.size === 0
}
