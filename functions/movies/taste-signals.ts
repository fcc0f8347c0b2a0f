import { type SQL, sql } from 'drizzle-orm'

/** What a like is worth, in terms of which all else is weighed. */
const weights = { dislike: 0.6, query: 0.4, found: 0.1 }
/** After so long it is worth half. */
const halfLifeDays = { verdict: 365, search: 30 }
const considered = { verdicts: 200, searches: 20, foundPerSearch: 3 }

const aged = (column: SQL, days: number) => sql`power(0.5, extract(epoch from now() - ${column}) / 86400.0 / ${days})`

/**
 * Parts of a `with` about one user: `judged`, `searched`, and `signals (film_id, vector, weight)`: what says something of
 * their taste, verdicts above all, then what they looked for and what they were shown first. What is old counts less.
 *
 * @param encoderId whose vectors are compared: those of others say nothing
 */
export function tasteSignals(userId: string, encoderId: string): SQL {
  return sql`
    judged as materialized (
      select film_id, verdict, created_at from film_verdicts
      where user_id = ${userId} order by created_at desc limit ${considered.verdicts}
    ), searched as materialized (
      select query_vector, films, created_at, encoder_id from recommendations
      where user_id = ${userId} and kind = 'query' order by created_at desc limit ${considered.searches}
    ), shown as (
      select shown.film ->> 'id' as film_id, searched.created_at
      from searched, jsonb_array_elements(searched.films) with ordinality as shown (film, place)
      where shown.place <= ${considered.foundPerSearch}
    ), signals as materialized (
      select film_id, vector, ${aged(sql`judged.created_at`, halfLifeDays.verdict)}
        * case when verdict > 0 then 1 else ${-weights.dislike}::float8 end as weight
      from judged join film_vectors using (film_id) where encoder_id = ${encoderId}
      union all
      select null, query_vector, ${weights.query}::float8 * ${aged(sql`created_at`, halfLifeDays.search)}
      from searched where query_vector is not null and encoder_id = ${encoderId}
      union all
      select film_id, vector, ${weights.found}::float8 * ${aged(sql`shown.created_at`, halfLifeDays.search)}
      from shown join film_vectors using (film_id) where encoder_id = ${encoderId}
    )`
}

/** Their weighted sum; no row for who has shown no liking for anything yet. */
export const tasteVector = sql`
  select sum(vector * array_fill(weight::real, array[vector_dims(vector)])::vector) as vector
  from signals having coalesce(sum(greatest(weight, 0)), 0) > 0`
