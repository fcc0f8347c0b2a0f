import { hasRole, type UserActor } from '#shared/actor.ts'
import { Problem } from '#shared/problem.ts'
import type { BalanceServices } from './services.ts'

/** @throws Problem `forbidden` unless the policy lets this caller put credits into that user's wallet */
export function assertMayFund({ actor, topUpPolicy }: BalanceServices & { actor: UserActor }, userId: string) {
  if (hasRole(actor, 'admin')) return
  if (topUpPolicy === 'self_service' && userId === actor.userId) return
  throw new Problem('forbidden', { detail: 'Only admins may change this balance' })
}
