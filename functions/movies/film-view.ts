import { z } from '@hono/zod-openapi'
import { type SQL, sql } from 'drizzle-orm'
import type { UserContext } from '#shared/context.ts'

/** A film as people see it. */
export const FilmView = z
  .object({
    id: z.string(),
    title: z.string(),
    title_ru: z.string().optional(),
    description: z.string(),
    description_ru: z.string().optional(),
    year: z.number().int(),
    genres: z.array(z.string()),
    liked: z.boolean().optional().openapi({ description: 'Your verdict; absent without one' }),
  })
  .openapi('Film')

export type FilmView = z.infer<typeof FilmView>

/** What `filmColumns` selects. */
export const FilmRow = z.object({
  id: z.string(),
  title: z.string(),
  title_ru: z.string().nullable(),
  description: z.string(),
  description_ru: z.string().nullable(),
  year: z.number(),
  genres: z.array(z.string()),
  /** 1 likes, -1 dislikes; of no one where nobody is asked for. */
  verdict: z.number().nullable().default(null),
})

export type FilmRow = z.infer<typeof FilmRow>

/** Of a row of `films` that the query calls `film`. */
export const filmColumns = sql`film.id, film.title, film.title_ru, film.description, film.description_ru, film.year, film.genres`

/** What the caller thinks of the row that the query calls `film`. */
export function verdictOf({ actor }: Pick<UserContext, 'actor'>): SQL {
  return sql`(select verdict from film_verdicts where user_id = ${actor.userId} and film_id = film.id) as verdict`
}

export function toFilmView({ title_ru, description_ru, verdict, ...film }: FilmRow): FilmView {
  return {
    ...film,
    ...(title_ru !== null && { title_ru }),
    ...(description_ru !== null && { description_ru }),
    ...(verdict !== null && { liked: verdict > 0 }),
  }
}
