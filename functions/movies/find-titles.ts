import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { UserContext } from '#shared/context.ts'
import { FilmRow, filmColumns, verdictOf } from './film-view.ts'

/** Of the trigrams of what was typed, how many a title must share: a wrong letter in a word of six, two in one of ten. */
const enoughInCommon = 0.5

/**
 * Films whose title, in either language, is or is like what was typed: the very title first, then titles that begin so,
 * then those with a word that begins so, then by how much they have in common, which alone is costly and asked for last.
 */
export async function findTitles(ctx: UserContext, title: string, limit: number): Promise<FilmRow[]> {
  const typed = title.replace(/[\\%_]/g, '\\$&')
  const [, { rows }] = await ctx.db.batch([
    // The index knows only this threshold. In one transaction with the query, and over with it.
    ctx.db.execute(sql`select set_config('pg_trgm.word_similarity_threshold', ${String(enoughInCommon)}, true)`),
    ctx.db.execute(sql`
      with typed as (select fold_title(${title}) as whole, fold_title(${typed}) as part), found as (
        select id, popularity, length(title) as length,
          case when whole = title_folded or whole = title_ru_folded then 3
            when title_folded like part || '%' or title_ru_folded like part || '%' then 2
            when title_folded like '% ' || part || '%' or title_ru_folded like '% ' || part || '%' then 1
            else greatest(word_similarity(whole, title_folded), word_similarity(whole, title_ru_folded))
              + greatest(similarity(whole, title_folded), similarity(whole, title_ru_folded)) - 2
          end as nearness
        from typed, films
        where title_folded %> whole or title_ru_folded %> whole
          or title_folded like part || '%' or title_ru_folded like part || '%'
          or title_folded like '% ' || part || '%' or title_ru_folded like '% ' || part || '%'
        order by nearness desc, popularity desc, length, id limit ${limit}
      )
      select ${filmColumns}, ${verdictOf(ctx)} from found join films as film on film.id = found.id
      order by nearness desc, found.popularity desc, length, film.id`),
  ])
  return z.array(FilmRow).parse(rows)
}
