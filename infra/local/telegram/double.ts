import { FloodGuard, type FloodLimit } from './flood.ts'
import { type Timers, Updates } from './updates.ts'
import { type BotAccount, World } from './world.ts'

export interface OpenQuery {
  personId: number
  expiresAtMs: number
}

/** All that the double knows; what the bot asks for changes it, and what people do. */
export class Double {
  readonly world: World
  readonly updates: Updates
  readonly flood: FloodGuard
  readonly token: string
  /** By language, '' for all others. */
  readonly commands = new Map<string, { command: string; description: string }[]>()
  /** Pressed buttons and inline queries that may still be answered, by id. */
  readonly queries = new Map<string, OpenQuery>()
  /** What was answered to an inline query, so that a result can be chosen. */
  readonly inlineResults = new Map<string, unknown[]>()
  readonly now: () => number
  #queryCount = 0

  constructor({ token, username, timers, flood, firstUpdateId }: DoubleOptions) {
    const bot: BotAccount = { id: Number(token.split(':')[0]), is_bot: true, first_name: 'Auspex', username }
    this.token = token
    this.now = timers.now
    this.world = new World(bot, timers.now)
    this.updates = new Updates(timers, firstUpdateId)
    this.flood = new FloodGuard(timers.now, flood)
  }

  openQuery(personId: number): string {
    const id = `${this.now()}${String(this.#queryCount++).padStart(4, '0')}`
    this.queries.set(id, { personId, expiresAtMs: this.now() + queryLifeMs })
    return id
  }

  /** Whose query this is, or undefined when it is too late to answer it. It can be answered once. */
  takeQuery(id: string): number | undefined {
    const query = this.queries.get(id)
    this.queries.delete(id)
    return query && this.now() <= query.expiresAtMs ? query.personId : undefined
  }
}

/** Telegram shows a spinner on a button for about as long. */
const queryLifeMs = 30_000

export interface DoubleOptions {
  token: string
  username: string
  timers: Timers
  flood?: FloodLimit | undefined
  /** @default seconds since 1970: later than all before */
  firstUpdateId?: number | undefined
}
