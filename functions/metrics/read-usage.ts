import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'
import { UsageView } from './usage-view.ts'

/** What fewer people asked for could tell who they are. */
export const leastAskers = 3
const topLength = 10
/** Ids begin with the time at which they were made, by the clock of a Worker, which may differ from the database's. */
const clockToleranceMs = 3_600_000

/**
 * What people did in the last days, today included, in UTC. One statement; rows are found by their ids, which sort by time.
 *
 * @param days 1 to 366
 */
export async function readUsage({ db, clock }: Pick<Context, 'db' | 'clock'>, days: number) {
  const { rows } = await db.execute(statement(days, clock.now()))
  const [{ usage }] = z.tuple([z.object({ usage: UsageView })]).parse(rows)
  return usage
}

/** The least id of a kind that could have been made since. */
function idSince(kind: string, days: number, now: Date): string {
  const fromMs = now.getTime() - days * 86_400_000 - clockToleranceMs
  return `${kind}_${Math.max(0, fromMs).toString(16).padStart(12, '0')}`
}

function statement(days: number, now: Date) {
  const since = (kind: string) => idSince(kind, days, now)
  return sql`
    with period as (
      select date_trunc('day', now(), 'UTC') - ${days - 1} * interval '1 day' as start
    ), job as materialized (
      select user_id, predictor_name, status, created_at, (created_at at time zone 'UTC')::date as day
      from jobs, period where id >= ${since('job')} and created_at >= start
    ), search as materialized (
      select user_id, kind, films, result_count, (created_at at time zone 'UTC')::date as day,
        lower(trim(regexp_replace(query, '\\s+', ' ', 'g'))) as query
      from recommendations, period where created_at >= start
    ), entry as (
      select kind, amount_credits, (created_at at time zone 'UTC')::date as day
      from ledger_entries, period where id >= ${since('entry')} and created_at >= start and kind in ('capture', 'top_up')
    ), person as (
      select (created_at at time zone 'UTC')::date as day from users, period
      where id >= ${since('user')} and created_at >= start
    ), import as (
      select (created_at at time zone 'UTC')::date as day, total, jsonb_array_length(rejected) as rejected
      from film_imports, period where created_at >= start
    ), calendar as (
      select (start at time zone 'UTC')::date + i as day from period, generate_series(0, ${days - 1}) as i
    ), active as (
      select day, count(distinct user_id) as users
      from (select day, user_id from job union all select day, user_id from search) as acts group by day
    ), daily as (
      select json_build_object(
        'day', day,
        'active_users', coalesce((select users from active where active.day = calendar.day), 0),
        'new_users', (select count(*) from person where person.day = calendar.day),
        'searches', (select count(*) from search where search.day = calendar.day and kind = 'query'),
        'predictions', coalesce((select json_object_agg(predictor_name, number) from (
          select predictor_name, count(*) as number from job where job.day = calendar.day group by predictor_name) as own), '{}'),
        'credits_spent', coalesce((select sum(amount_credits) from entry where entry.day = calendar.day and kind = 'capture'), 0),
        'credits_topped_up', coalesce((select sum(amount_credits) from entry where entry.day = calendar.day and kind = 'top_up'), 0)
      ) as row from calendar order by day
    )
    select json_build_object(
      'days', (select json_agg(row) from daily),
      'active_users', (select count(distinct user_id) from (select user_id from job union select user_id from search) as acts),
      'jobs', (select json_build_object(
        'ended', count(*) filter (where status in ('finished', 'failed', 'cancelled')),
        'failed', count(*) filter (where status = 'failed')) from job),
      'searches', (select json_build_object(
        'query', count(*) filter (where kind = 'query'), 'personal', count(*) filter (where kind = 'personal'),
        'similar', count(*) filter (where kind = 'similar'),
        'without_result', count(*) filter (where kind = 'query' and result_count = 0)) from search),
      'query_languages', (select json_build_object(
        'ru', count(*) filter (where query ~ '[а-яё]'), 'en', count(*) filter (where query !~ '[а-яё]' and query ~ '[a-z]'),
        'other', count(*) filter (where query !~ '[а-яёa-z]')) from search where kind = 'query' and query is not null),
      'imports', (select json_build_object(
        'number', count(*), 'films', coalesce(sum(total), 0), 'rejected', coalesce(sum(rejected), 0)) from import),
      'shown_films', coalesce((select json_agg(shown) from (
        select film ->> 'id' as id, max(film ->> 'title') as title, count(*) as number
        from search cross join lateral jsonb_array_elements(films) as film
        group by film ->> 'id' order by number desc, id limit ${topLength}) as shown), '[]'),
      'liked_films', coalesce((select json_agg(liked) from (
        select film.id, film.title, count(*) as number
        from film_verdicts as verdict join films as film on film.id = film_id, period
        where verdict = 1 and verdict.created_at >= start
        group by film.id, film.title order by number desc, film.id limit ${topLength}) as liked), '[]'),
      'queries', coalesce((select json_agg(asked) from (
        select query as text, count(*) as number, count(distinct user_id) as users from search
        where kind = 'query' and query <> '' group by query
        having count(distinct user_id) >= ${leastAskers} order by number desc, query limit ${topLength}) as asked), '[]')
    ) as usage`
}
