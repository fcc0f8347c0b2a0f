import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { Why } from '#functions/predict/job-view.ts'
import type { UserContext } from '#shared/context.ts'
import { FilmRow } from './film-view.ts'
import { type RankedFilm, toRankedFilm } from './ranked-film.ts'

const Row = z.object({
  cost: z.coerce.number(),
  films: z.array(FilmRow.extend({ score: z.number(), why: Why })),
})

/** What was paid for the row of `recommendations`. */
export const costOf = sql`coalesce((
  select amount_credits from ledger_entries
  where ledger_entries.job_id = recommendations.job_id and ledger_entries.kind = 'capture'), 0)`

/**
 * A recommendation of the caller's as it was answered, with the films' texts of today.
 *
 * @returns undefined when there is none, or not yet
 */
export async function readRecommendation(
  { db, actor }: Pick<UserContext, 'db' | 'actor'>,
  id: string,
): Promise<{ cost: number; films: RankedFilm[] } | undefined> {
  const { rows } = await db.execute(sql`
    select ${costOf} as cost,
      coalesce((
        select json_agg(json_build_object('id', films.id, 'title', films.title, 'title_ru', films.title_ru, 'year', films.year,
          'description', films.description, 'description_ru', films.description_ru, 'genres', films.genres,
          'score', found.film -> 'score', 'why', found.film -> 'why') order by found.place)
        from jsonb_array_elements(recommendations.films) with ordinality as found (film, place)
        join films on films.id = found.film ->> 'id'), '[]') as films
    from recommendations where id = ${id} and user_id = ${actor.userId}`)
  const [row] = z.array(Row).parse(rows)
  return row && { cost: row.cost, films: row.films.map((film) => toRankedFilm(film, film)) }
}
