import type { entryKinds } from '#db/schema/wallet.ts'

export type EntryKind = (typeof entryKinds)[number]

/** An entry of the ledger, as `GET /balance/entries` lists it. */
export interface Entry {
  id: string
  kind: EntryKind
  /** What it changed of the credits that can be spent. */
  amount: number
  /** Credits that went from one account to the other. */
  moved: number
  debit_account: string
  credit_account: string
  job_id: string | null
  created_at: string
}

/** In the order in which a credit meets them. */
export const ENTRY_KINDS: readonly EntryKind[] = ['top_up', 'hold', 'capture', 'release', 'withdrawal']
