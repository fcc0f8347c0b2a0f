import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { UserContext } from '#shared/context.ts'
import { idPattern } from '#shared/ids.ts'
import { NotFound } from '#shared/problem.ts'
import { FilmRow, filmColumns, verdictOf } from './film-view.ts'

export const filmStatuses = ['embedding', 'searchable', 'failed'] as const

const statusOfState = { waiting: 'embedding', done: 'searchable', failed: 'failed' } as const

const Found = FilmRow.extend({
  state: z
    .enum(['waiting', 'done', 'failed'])
    .nullable()
    .transform((state) => statusOfState[state ?? 'waiting']),
})

/** @throws NotFound */
export async function findFilm(ctx: UserContext, filmId: string) {
  if (!idPattern('film').test(filmId)) throw new NotFound('film')
  const { rows } = await ctx.db.execute(sql`
    select ${filmColumns}, ${verdictOf(ctx)}, (
      select embedding.state from film_embeddings as embedding
      join catalogue_encoders as encoder on encoder.encoder_id = embedding.encoder_id
      where embedding.film_id = film.id and encoder.catalogue = 'films' and encoder.state = 'serving'
    ) as state
    from films as film where film.id = ${filmId}`)
  const [found] = z.array(Found).parse(rows)
  if (!found) throw new NotFound('film')
  const { state: status, ...film } = found
  return { ...film, status }
}
