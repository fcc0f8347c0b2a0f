import type { Database } from '#db/client.ts'
import type { Actor, UserActor } from './actor.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'

/** What every verb gets: who acts, and the outside world. Made once a request. */
export interface Context {
  db: Database
  actor: Actor
  clock: Clock
  log: Log
  metrics: Metrics
  requestId: string
  /** Work that goes on after the answer is sent. */
  defer(work: Promise<unknown>): void
}

/** A context whose actor has been identified. */
export type UserContext = Context & { actor: UserActor }
