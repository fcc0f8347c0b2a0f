import type { Entry } from './entries.ts'

/** What a hold came to: paid, or given back. */
export type Settlements = ReadonlyMap<string, 'capture' | 'release'>

/** How the jobs among these entries were settled. */
export function settlementsOf(entries: readonly Entry[]): Settlements {
  const settled = new Map<string, 'capture' | 'release'>()
  for (const { kind, job_id } of entries)
    if (job_id !== null && (kind === 'capture' || kind === 'release')) settled.set(job_id, kind)
  return settled
}

/**
 * Holds that are not settled, newest first. A settlement is newer than its hold, so the newest entries without a gap
 * know all that there is to know of their own holds.
 */
export function openHolds(newest: readonly Entry[]): Entry[] {
  const settled = settlementsOf(newest)
  return newest.filter(({ kind, job_id }) => kind === 'hold' && job_id !== null && !settled.has(job_id))
}

/**
 * Which of the texts below `wallet.meaning` says what an entry means.
 *
 * @param settlements those of all newer entries; left out where these are not known, as in a list of holds alone
 */
export function meaningOf(entry: Entry, settlements?: Settlements): string {
  const isOwnMove = entry.kind === 'top_up' || entry.kind === 'withdrawal'
  if (isOwnMove && entry.moved === 0) return 'unchanged'
  if (entry.kind !== 'hold' || settlements === undefined) return entry.kind
  const settlement = settlements.get(entry.job_id ?? '')
  if (settlement === undefined) return 'hold_open'
  return settlement === 'capture' ? 'hold_paid' : 'hold_returned'
}

/**
 * What could be spent right after each entry.
 *
 * @param newest all entries back to some point, newest first
 * @param balance what can be spent after the newest one
 */
export function balancesAfter(newest: readonly Entry[], balance: number): ReadonlyMap<string, number> {
  const after = new Map<string, number>()
  let current = balance
  for (const { id, amount } of newest) {
    after.set(id, current)
    current -= amount
  }
  return after
}

export interface BalancePoint {
  at: Date
  balance: number
  /** The entry that brought it there; none for the first and the last point. */
  entry?: Entry
}

/**
 * The balance over time, oldest first: what it was before the oldest entry, each change, and what it is now.
 *
 * @param newest all entries back to some point, newest first
 */
export function balanceOverTime(newest: readonly Entry[], balance: number, now: Date): BalancePoint[] {
  const oldest = newest.at(-1)
  if (oldest === undefined) return []
  const after = balancesAfter(newest, balance)
  const changes = newest
    .filter(({ amount }) => amount !== 0)
    .map((entry) => ({ at: new Date(entry.created_at), balance: after.get(entry.id) ?? 0, entry }))
    .reverse()
  const start = { at: new Date(oldest.created_at), balance: (after.get(oldest.id) ?? 0) - oldest.amount }
  const lastMs = changes.at(-1)?.at.getTime() ?? start.at.getTime()
  // A clock that is behind the server's may not turn time back.
  return [start, ...changes, { at: new Date(Math.max(now.getTime(), lastMs)), balance }]
}
