import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { FilmRow, type FilmView, filmColumns, toFilmView } from '#functions/movies/film-view.ts'
import type { Context, UserContext } from '#shared/context.ts'

/** Nobody has this id: who reads with it sees what everybody sees, and nothing can be kept or paid with it. */
const nobody = { kind: 'user', userId: 'nobody', role: 'user', via: 'token' } as const

/** The context of somebody without an account, for verbs that only read. */
export function asGuest<C extends Context>(ctx: C): C & UserContext {
  return { ...ctx, actor: nobody }
}

/** What most people like. */
export async function popularFilms({ db }: Pick<Context, 'db'>, limit: number, offset = 0): Promise<FilmView[]> {
  const { rows } = await db.execute(sql`
    select ${filmColumns} from films as film order by popularity desc, md5(id) limit ${limit} offset ${offset}`)
  return z.array(FilmRow).parse(rows).map(toFilmView)
}

/** What somebody thinks of some films: those that they have judged. */
export async function verdictsOn(
  { db, actor }: Pick<UserContext, 'db' | 'actor'>,
  films: readonly { id: string }[],
): Promise<Map<string, 'like' | 'dislike'>> {
  const ids = `{${films.map(({ id }) => id).join(',')}}`
  const { rows } = await db.execute(
    sql`select film_id, verdict from film_verdicts where user_id = ${actor.userId} and film_id = any(${ids}::text[])`,
  )
  const judged = z.array(z.object({ film_id: z.string(), verdict: z.number() })).parse(rows)
  return new Map(judged.map(({ film_id, verdict }) => [film_id, verdict > 0 ? 'like' : 'dislike']))
}
