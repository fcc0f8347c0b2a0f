import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'
import type { Family } from './exposition.ts'

/** What there is now, as the database has it: exact, and read with every scrape. */
const helps: Readonly<Record<string, string>> = {
  auspex_users: 'Accounts',
  auspex_wallet_credits: 'Credits in all wallets: available, or held for jobs under way',
  auspex_jobs_open: 'Jobs that have not ended, by state',
  auspex_oldest_open_job_seconds: 'Age of the oldest job that has not ended; 0 without one',
  auspex_webhook_deliveries_pending: 'Webhook messages that wait to be sent',
  auspex_films: 'Films of the catalogue',
  auspex_film_embeddings: 'Films that an encoder has read, or has still to read, by state',
  auspex_bot_updates_waiting: 'Updates of Telegram that are not done',
  auspex_error_kinds_open: 'Kinds of errors that nobody has resolved',
}

export const gaugeNames = Object.keys(helps)

const Row = z.object({ name: z.string(), labels: z.record(z.string(), z.string()), value: z.coerce.number() })

/** In one statement; none of its parts reads what has ended. */
export async function readGauges({ db }: Pick<Context, 'db'>): Promise<Family[]> {
  const { rows } = await db.execute(sql`
    select 'auspex_users' as name, '{}'::jsonb as labels, count(*)::float8 as value from users
    union all select 'auspex_wallet_credits', jsonb_build_object('state', state), coalesce(sum(credits), 0)::float8
      from accounts cross join lateral (values ('available', available_credits), ('held', held_credits)) as part (state, credits)
      group by state
    union all select 'auspex_jobs_open', jsonb_build_object('status', status), count(id)::float8
      from unnest(array['queued', 'running']::job_status[]) as state (status)
      left join (select id, status from jobs where status in ('queued', 'running')) as open using (status) group by status
    union all select 'auspex_oldest_open_job_seconds', '{}',
      coalesce(extract(epoch from now() - min(created_at)), 0)::float8 from jobs where status in ('queued', 'running')
    union all select 'auspex_webhook_deliveries_pending', '{}', count(*)::float8
      from webhook_deliveries where status = 'pending'
    union all select 'auspex_films', '{}', count(*)::float8 from films
    union all select 'auspex_film_embeddings', jsonb_build_object('encoder', encoder_id, 'state', state), count(*)::float8
      from film_embeddings group by encoder_id, state
    union all select 'auspex_bot_updates_waiting', '{}', count(*)::float8 from telegram_updates where done_at is null
    union all select 'auspex_error_kinds_open', '{}', count(*)::float8 from error_groups where resolved_at is null
    order by name, labels`)
  const samples = Map.groupBy(z.array(Row).parse(rows), ({ name }) => name)
  return Object.entries(helps).map(([name, help]) => ({ name, type: 'gauge', help, samples: samples.get(name) ?? [] }))
}
