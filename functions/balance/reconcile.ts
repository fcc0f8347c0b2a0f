import { z } from '@hono/zod-openapi'
import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'
import { brokenRules } from './reconciliation-rules.ts'

/** What a rule says of one row that breaks it. */
const Violation = z.object({
  rule: z.string(),
  user_id: z.string().nullable(),
  job_id: z.string().nullable(),
  detail: z.string(),
})

/** Exact, however large: sums of all wallets do not fit a JavaScript number for ever. */
const Count = z.coerce.bigint()

const Report = z.object({
  accounts: Count,
  entries: Count,
  jobs: Count,
  funded: Count,
  available: Count,
  held: Count,
  revenue: Count,
  violations: z.array(Violation),
})

export type Violation = z.infer<typeof Violation>
export type Reconciliation = z.infer<typeof Report>

/** More than anybody reads; a report of a wholly broken database stays small. */
const maximumViolations = 1_000

/**
 * Proves what must be true of money and jobs on a live database: balances are the fold of the ledger, every job is paid
 * as its state says, and nothing appears or vanishes. Reads only, in one statement: one snapshot, which no movement
 * under way can blur.
 *
 * @param userId whose rows; absent: everybody's
 * @returns totals, and the violations: none in a sound database
 */
export async function reconcile({ db }: Pick<Context, 'db'>, userId?: string): Promise<Reconciliation> {
  const scope = userId === undefined ? sql`true` : sql`user_id = ${userId}`
  const { rows } = await db.execute(sql`
    with ${folds(scope)}, broken as (${brokenRules(scope)})
    select accounts.number as accounts, entries.number as entries, jobs.number as jobs,
      entries.funded, accounts.available, accounts.held, entries.revenue,
      coalesce((select json_agg(told) from (select * from broken limit ${maximumViolations}) as told), '[]') as violations
    from
      (select count(*) as number, coalesce(sum(available_credits), 0) as available, coalesce(sum(held_credits), 0) as held
        from accounts where ${scope}) as accounts,
      (select coalesce(sum(entries), 0) as number, coalesce(sum(funded), 0) as funded, coalesce(sum(revenue), 0) as revenue
        from wallets) as entries,
      (select count(*) as number from jobs where ${scope}) as jobs`)
  const [report] = z.tuple([Report]).parse(rows)
  return report
}

/** The ledger folded by wallet and by job: what the rules compare with. */
function folds(scope: SQL): SQL {
  return sql`
    moves as materialized (
      select user_id, job_id, kind, amount_credits, debit_account, credit_account from ledger_entries where ${scope}
    ), wallets as materialized (
      select user_id, count(*) as entries, ${netOf('available')} as available, ${netOf('held')} as held,
        -${netOf('funding')} as funded, ${netOf('revenue')} as revenue
      from moves group by user_id
    ), payments as materialized (
      select job_id, count(*) filter (where kind = 'hold') as holds, count(*) filter (where kind = 'capture') as captures,
        count(*) filter (where kind = 'release') as releases, min(amount_credits) as least, max(amount_credits) as most,
        min(user_id) as first_user, max(user_id) as last_user
      from moves where job_id is not null group by job_id
    ), promises as materialized (
      select user_id, sum(price_credits) as held from jobs where status in ('queued', 'running') and ${scope} group by user_id
    )`
}

/** What came into an account less what went out of it. */
function netOf(account: 'funding' | 'available' | 'held' | 'revenue'): SQL {
  return sql.raw(`(coalesce(sum(amount_credits) filter (where credit_account = '${account}'), 0)
    - coalesce(sum(amount_credits) filter (where debit_account = '${account}'), 0))`)
}
