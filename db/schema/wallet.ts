import { sql } from 'drizzle-orm'
import { bigint, check, index, pgEnum, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, generatedId, idempotencyColumns } from './columns.ts'
import { users } from './users.ts'

const credits = (name: string) => bigint(name, { mode: 'number' })

/** What each kind of entry moves, from the debited account to the credited one. */
export const entryKinds = ['top_up', 'withdrawal', 'hold', 'capture', 'release'] as const
export const entryKindEnum = pgEnum('entry_kind', entryKinds)

/**
 * The balances of a wallet: the fold of its ledger entries, kept beside them so that one conditional UPDATE can guard a
 * movement. `npm run reconcile` proves that the two agree.
 */
export const accounts = pgTable(
  'accounts',
  {
    userId: text('user_id')
      .primaryKey()
      .references(() => users.id),
    availableCredits: credits('available_credits').notNull().default(0),
    /** Reserved by jobs that are not yet settled. */
    heldCredits: credits('held_credits').notNull().default(0),
  },
  (table) => [
    check('available_never_negative', sql`${table.availableCredits} >= 0`),
    check('held_never_negative', sql`${table.heldCredits} >= 0`),
    // Credits are JavaScript numbers in every function: beyond 2^53 they would no longer be exact. Held credits count,
    // so that no release can be refused.
    check('credits_stay_exact', sql`${table.availableCredits} + ${table.heldCredits} <= 9007199254740991`),
  ],
)

/**
 * Double entry: each row takes `amount_credits` from one account and gives it to another. The kind decides which, so
 * that no row can contradict itself. Rows are never changed nor deleted (a trigger refuses it).
 */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    id: generatedId('entry'),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    kind: entryKindEnum('kind').notNull(),
    amountCredits: credits('amount_credits').notNull(),
    debitAccount: text('debit_account').generatedAlwaysAs(
      sql`case kind when 'top_up' then 'funding' when 'withdrawal' then 'available' when 'hold' then 'available' else 'held' end`,
    ),
    creditAccount: text('credit_account').generatedAlwaysAs(
      sql`case kind when 'top_up' then 'available' when 'withdrawal' then 'funding' when 'hold' then 'held' when 'capture' then 'revenue' else 'available' end`,
    ),
    /** The job that holds, captures or releases; none for money that comes in or goes out. */
    jobId: text('job_id'),
    /** Who caused it: a user's id or `system`. */
    actorId: text('actor_id').notNull(),
    ...idempotencyColumns(),
    createdAt: createdAt(),
  },
  (table) => [
    check('amount_never_negative', sql`${table.amountCredits} >= 0`),
    check('job_entries_name_their_job', sql`(${table.kind} in ('top_up', 'withdrawal')) = (${table.jobId} is null)`),
    index('ledger_of_user').on(table.userId, table.id.desc()),
    uniqueIndex('one_hold_per_job').on(table.jobId).where(sql`kind = 'hold'`),
    uniqueIndex('one_settlement_per_job').on(table.jobId).where(sql`kind in ('capture', 'release')`),
    uniqueIndex('one_entry_per_idempotency_key')
      .on(table.userId, table.idempotencyKey)
      .where(sql`idempotency_key is not null`),
  ],
)
