import { type SQL, sql } from 'drizzle-orm'
import { actorId } from '#shared/actor.ts'
import type { Context } from '#shared/context.ts'
import { databaseError } from '#shared/database-error.ts'
import { assertSameRequest, type Idempotency } from '#shared/idempotency.ts'
import { InvalidRequest, NotFound } from '#shared/problem.ts'

/** Either a new balance or an amount on top of it. */
export type Funding = { newAmountCredits: number } | { addedCredits: number }

/**
 * Moves credits between the outside world and a wallet, and enters the difference in the ledger: one statement, so that
 * balance and ledger never disagree. With an idempotency key a difference of zero is entered too, or a late retry would
 * find its key unused and pay again.
 *
 * @returns what is available afterwards, and whether this had been done before under the same key
 * @throws NotFound for a user that does not exist
 * @throws Problem `idempotency_key_reused`, `invalid_request` for a balance beyond all bounds
 */
export async function fundAccount(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  userId: string,
  funding: Funding,
  idempotency?: Idempotency,
): Promise<{ availableCredits: number; replayed: boolean }> {
  try {
    const { rows } = await db.execute<{ after: string }>(sql`
      with funded as (
        update accounts set available_credits = ${newBalance(funding)} where user_id = ${userId}
        returning user_id, old.available_credits as before, new.available_credits as after
      ), entered as (
        insert into ledger_entries (user_id, kind, amount_credits, actor_id, idempotency_key, request_hash)
        select user_id, (case when after >= before then 'top_up' else 'withdrawal' end)::entry_kind, abs(after - before),
          ${actorId(actor)}, ${idempotency?.key ?? null}, ${idempotency?.requestHash ?? null}
        from funded where after <> before or ${idempotency !== undefined}
      )
      select after from funded`)
    const [row] = rows
    if (!row) throw new NotFound('user')
    return { availableCredits: Number(row.after), replayed: false }
  } catch (error) {
    const refusal = databaseError(error)?.constraint
    if (refusal !== 'one_entry_per_idempotency_key' && refusal !== 'credits_stay_exact') throw error
    // What was paid before may be too much to be paid again: the first try is looked for before anything is refused.
    const before = idempotency && (await findEarlier(db, userId, idempotency))
    if (before) return { availableCredits: before.availableCredits, replayed: true }
    const pointer = 'newAmountCredits' in funding ? '/new_amount' : '/amount'
    throw new InvalidRequest([{ pointer, code: 'too_big', message: 'makes the balance too large' }])
  }
}

function newBalance(funding: Funding): SQL {
  if ('newAmountCredits' in funding) return sql`${funding.newAmountCredits}::bigint`
  return sql`available_credits + ${funding.addedCredits}::bigint`
}

/** @returns what was available right after the entry under this key: the answer that its first try was given */
async function findEarlier(db: Context['db'], userId: string, idempotency: Idempotency) {
  const { rows } = await db.execute<{ request_hash: string; available: string }>(sql`
    select first.request_hash, (
      select sum(case 'available' when credit_account then amount_credits when debit_account then -amount_credits else 0 end)
      from ledger_entries where user_id = first.user_id and id <= first.id
    ) as available
    from ledger_entries as first where first.user_id = ${userId} and first.idempotency_key = ${idempotency.key}`)
  const [entry] = rows
  if (entry) assertSameRequest(idempotency, entry.request_hash)
  return entry && { availableCredits: Number(entry.available) }
}
