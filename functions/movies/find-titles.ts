import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { UserContext } from '#shared/context.ts'
import { FilmRow, filmColumns, verdictOf } from './film-view.ts'

/** Of the trigrams of what was typed, how many a title must share: two wrong letters in a word of eight. */
const enoughInCommon = 0.4

/**
 * Films whose title, in either language, is or is like what was typed: the very title first, then titles that begin so,
 * then those with a word that begins so, then by how much they have in common.
 */
export async function findTitles(ctx: UserContext, title: string, limit: number): Promise<FilmRow[]> {
  const typed = title.replace(/[\\%_]/g, '\\$&')
  const [, { rows }] = await ctx.db.batch([
    // The index knows only this threshold. In one transaction with the query, and over with it.
    ctx.db.execute(sql`select set_config('pg_trgm.word_similarity_threshold', ${String(enoughInCommon)}, true)`),
    ctx.db.execute(sql`
      with typed as (select fold_title(${title}) as whole, fold_title(${typed}) as part)
      select ${filmColumns}, ${verdictOf(ctx)}
      from typed, films as film
      where film.title_folded %> whole or film.title_ru_folded %> whole
        or film.title_folded like part || '%' or film.title_ru_folded like part || '%'
        or film.title_folded like '% ' || part || '%' or film.title_ru_folded like '% ' || part || '%'
      order by
        coalesce(whole in (film.title_folded, film.title_ru_folded), false) desc,
        film.title_folded like part || '%' or coalesce(film.title_ru_folded like part || '%', false) desc,
        film.title_folded like '% ' || part || '%' or coalesce(film.title_ru_folded like '% ' || part || '%', false) desc,
        greatest(word_similarity(whole, film.title_folded) + similarity(whole, film.title_folded),
          word_similarity(whole, film.title_ru_folded) + similarity(whole, film.title_ru_folded)) desc,
        film.popularity desc, film.id
      limit ${limit}`),
  ])
  return z.array(FilmRow).parse(rows)
}
