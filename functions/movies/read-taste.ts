import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { UserContext } from '#shared/context.ts'

const GenreWeight = z.object({ genre: z.string(), weight: z.number() }).openapi('GenreWeight', {
  description: 'Of all that you liked, the share that has this genre, less what you disliked',
})

export const Taste = z.object({
  genres: z.array(GenreWeight),
  years: z.object({ from: z.number().int(), to: z.number().int(), median: z.number().int() }).nullable(),
  likes: z.number().int(),
  dislikes: z.number().int(),
  films_considered: z.number().int(),
  searches: z.number().int(),
})
export type Taste = z.infer<typeof Taste>

const found = { weight: 0.2, perSearch: 3, searches: 20 }

/** What somebody's verdicts say, and, more quietly, what they found first when they searched. */
export async function readTaste({ db, actor }: Pick<UserContext, 'db' | 'actor'>): Promise<Taste> {
  const { rows } = await db.execute(sql`
    with judged as (
      select film_id, verdict from film_verdicts where user_id = ${actor.userId}
    ), searched as (
      select films from recommendations
      where user_id = ${actor.userId} and kind = 'query' order by created_at desc limit ${found.searches}
    ), considered as (
      select film_id, verdict::float8 as weight from judged
      union all
      select distinct shown.film ->> 'id', ${found.weight}::float8
      from searched, jsonb_array_elements(searched.films) with ordinality as shown (film, place)
      where shown.place <= ${found.perSearch} and shown.film ->> 'id' not in (select film_id from judged)
    ), weighed as materialized (
      select film.year, film.genres, weight from considered join films as film on film.id = considered.film_id
    ), liked as (select greatest(coalesce(sum(weight) filter (where weight > 0), 0), 1e-9) as whole from weighed)
    select coalesce((
        select json_agg(json_build_object('genre', genre, 'weight', round((sum / whole)::numeric, 3)) order by sum desc, genre)
        from (select genre, sum(weight) as sum from weighed, unnest(genres) as genre group by genre) as sums, liked
        where sum > 1e-6), '[]') as genres,
      (select json_build_object('from', min(year), 'to', max(year),
          'median', percentile_disc(0.5) within group (order by year))
        from weighed where weight > 0 having count(*) > 0) as years,
      (select count(*)::int from judged where verdict > 0) as likes,
      (select count(*)::int from judged where verdict < 0) as dislikes,
      (select count(*)::int from weighed) as films_considered,
      (select count(*)::int from recommendations where user_id = ${actor.userId} and kind = 'query') as searches`)
  const [taste] = z.tuple([Taste]).parse(rows)
  return taste
}
