import { type SQL, sql } from 'drizzle-orm'

/**
 * The rules of money and jobs, each as a query for the rows that break it: rule, user, job and what is wrong. They read
 * `accounts`, `jobs` and the folds of `reconcile`.
 *
 * @param scope condition over `user_id`
 */
export function brokenRules(scope: SQL): SQL {
  return sql.join([...walletRules(scope), ...jobRules(scope), ...ledgerRules(scope)], sql` union all `)
}

function walletRules(scope: SQL): SQL[] {
  const differs = (rule: string, kept: string, folded: string, from: string) => sql`
    select ${sql.raw(`'${rule}'`)} as rule, user_id, null as job_id, ${sql.raw(`format('the wallet says %s, the rows sum to %s',
      coalesce(${kept}, 0), coalesce(${folded}, 0))`)} as detail
    from (select * from accounts where ${scope}) as wallet full join ${sql.raw(from)} using (user_id)
    where ${sql.raw(`${kept} is distinct from coalesce(${folded}, 0)`)}`
  return [
    differs('available_is_the_ledger', 'wallet.available_credits', 'wallets.available', 'wallets'),
    differs('held_is_the_ledger', 'wallet.held_credits', 'wallets.held', 'wallets'),
    differs('held_is_what_open_jobs_cost', 'wallet.held_credits', 'promises.held', 'promises'),
    sql`
      select 'no_balance_below_zero', user_id, null, format('available %s, held %s', available_credits, held_credits)
      from accounts where (available_credits < 0 or held_credits < 0) and ${scope}`,
  ]
}

/** A search that names no film is free. `results` may be null: then it is no search. */
const foundNothing = sql`coalesce(results @? '$[*].films' and not results @? '$[*].films[*]', false)`

function jobRules(scope: SQL): SQL[] {
  return [
    sql`
      select 'a_job_is_held_for_once', user_id, id, format('price %s: %s holds, amounts from %s to %s, user from %s to %s',
        price_credits, coalesce(holds, 0), least, most, first_user, last_user)
      from jobs left join payments on job_id = id
      where (holds, least, most, first_user, last_user)
        is distinct from (1::bigint, price_credits, price_credits, user_id, user_id) and ${scope}`,
    sql`
      select 'a_job_is_settled_as_it_ended', user_id, id,
        format('%s: %s captures, %s releases', status, coalesce(captures, 0), coalesce(releases, 0))
      from jobs left join payments on job_id = id
      where (coalesce(captures, 0), coalesce(releases, 0)) is distinct from
        ((status = 'finished' and not ${foundNothing})::int::bigint,
          (status in ('failed', 'cancelled') or (status = 'finished' and ${foundNothing}))::int::bigint) and ${scope}`,
    sql`
      select 'results_belong_to_finished_jobs', user_id, id, format('%s: results are %s for %s rows', status,
        coalesce(jsonb_typeof(results), 'absent'), row_count)
      from jobs
      where case when status <> 'finished' then results is not null when jsonb_typeof(results) = 'array'
        then jsonb_array_length(results) <> row_count else true end and ${scope}`,
    sql`
      select 'leases_belong_to_running_jobs', user_id, id, format('%s: lease until %s', status, lease_expires_at)
      from jobs where ((status = 'running') is distinct from (lease_token is not null)
        or (lease_token is null) is distinct from (lease_expires_at is null)) and ${scope}`,
    sql`
      select 'what_ended_says_when', user_id, id, format('%s: finished at %s', status, finished_at)
      from jobs where (status in ('queued', 'running')) is distinct from (finished_at is null) and ${scope}`,
  ]
}

function ledgerRules(scope: SQL): SQL[] {
  return [
    sql`
      select 'entries_name_jobs_that_exist', first_user, job_id, 'there is no such job'
      from payments where not exists (select from jobs where jobs.id = payments.job_id)`,
    sql`
      select 'entries_move_between_accounts', user_id, job_id, format('%s from %s to %s', kind, debit_account, credit_account)
      from moves
      where (debit_account, credit_account) not in (('funding', 'available'), ('available', 'funding'),
        ('available', 'held'), ('held', 'revenue'), ('held', 'available')) or debit_account is null or credit_account is null`,
    sql`
      select 'nothing_appears_or_vanishes', null, null,
        format('funded %s, yet available %s, held %s, revenue %s', funded, available, held, revenue)
      from (select coalesce(sum(funded), 0) as funded, coalesce(sum(revenue), 0) as revenue from wallets) as ledger,
        (select coalesce(sum(available_credits), 0) as available, coalesce(sum(held_credits), 0) as held
          from accounts where ${scope}) as kept
      where funded <> available + held + revenue`,
  ]
}
