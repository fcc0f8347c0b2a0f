import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { UserContext } from '#shared/context.ts'
import { FilmRow, filmColumns, verdictOf } from './film-view.ts'

/** Of the trigrams of what was typed, how many a title must share: a wrong letter in a word of six, two in one of ten. */
const enoughInCommon = 0.5

/**
 * Films whose title, in either language, is or is like what was typed: the very title first, then titles that begin so,
 * then those with a word that begins so. Only where these are too few, those that are like it: to compare is costly.
 */
export async function findTitles(ctx: UserContext, title: string, limit: number): Promise<FilmRow[]> {
  const typed = sql`fold_title(${title})`
  const beginning = sql`fold_title(${title.replace(/[\\%_]/g, '\\$&')}) || '%'`
  const begins = sql`(title_folded like ${beginning} or title_ru_folded like ${beginning})`
  const [, { rows }] = await ctx.db.batch([
    // In one transaction with the query, and over with it. The index knows only this threshold; the planner does not know
    // how long it takes to compare trigrams, and would do so film by film.
    ctx.db.execute(sql`select set_config('pg_trgm.word_similarity_threshold', ${String(enoughInCommon)}, true),
      set_config('enable_seqscan', 'off', true)`),
    ctx.db.execute(sql`
      with begun as materialized (
        select id, popularity, case when ${typed} in (title_folded, title_ru_folded) then 3 when ${begins} then 2 else 1 end
          as nearness
        from films where ${begins} or title_folded like '% ' || ${beginning} or title_ru_folded like '% ' || ${beginning}
        order by nearness desc, popularity desc, length(title), id limit ${limit}
      ), alike as (
        select id, popularity, greatest(similarity(${typed}, title_folded), similarity(${typed}, title_ru_folded)) - 1
          as nearness
        from films where (select count(*) from begun) < ${limit} and id not in (select id from begun)
          and (title_folded %> ${typed} or title_ru_folded %> ${typed})
        order by nearness desc, popularity desc, id limit ${limit}
      )
      select ${filmColumns}, ${verdictOf(ctx)}
      from (select * from begun union all select * from alike) as found join films as film on film.id = found.id
      order by nearness desc, found.popularity desc, length(film.title), film.id limit ${limit}`),
  ])
  return z.array(FilmRow).parse(rows)
}
