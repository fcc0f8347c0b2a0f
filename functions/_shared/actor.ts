import type { roles } from '#db/schema/users.ts'

export type Role = (typeof roles)[number]

export interface UserActor {
  kind: 'user'
  userId: string
  role: Role
  via: 'token' | 'api_key'
}

/** A `scraper` may read metrics, and nothing else. */
export type Actor = UserActor | { kind: 'anonymous' } | { kind: 'system' } | { kind: 'scraper' }

const rank: Record<Role, number> = { user: 0, expert: 1, admin: 2 }

/** Whether a role includes the rights of another: admins may what experts may, experts what users may. */
export function hasRole(actor: UserActor, needed: Role): boolean {
  return rank[actor.role] >= rank[needed]
}

/** What the ledger and the deployment log call an actor. */
export function actorId(actor: Actor): string {
  return actor.kind === 'user' ? actor.userId : actor.kind
}
