import { createRoute, z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { UserContext } from '#shared/context.ts'
import { idempotencyHeader, idempotencyOf } from '#shared/idempotency.ts'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import { acceptImport } from './accept-import.ts'
import { FilmRow, FilmView, filmColumns, toFilmView } from './film-view.ts'
import { FilmRecord } from './read-film-records.ts'
import type { MoviesApp } from './services.ts'
import { storeFilms } from './store-films.ts'
import { wakeEmbedding } from './wake-embedding.ts'

const createFilm = createRoute({
  operationId: 'createFilm',
  method: 'post',
  path: '/movies',
  tags: ['Films'],
  summary: 'Add a film, or change the one with this title and year',
  description: 'It is searchable within seconds; what is left out of a known film stays as it is.',
  ...secured('expert'),
  request: {
    headers: idempotencyHeader,
    body: { required: true, content: { 'application/json': { schema: FilmRecord } } },
  },
  responses: {
    202: {
      description: 'Stored, and waiting for its vectors',
      headers: z.object({ location: z.string() }),
      content: {
        'application/json': { schema: FilmView.extend({ status: z.literal('embedding') }).openapi('NewFilm') },
      },
    },
    ...problems(401, 403, 422),
  },
})

export function registerCreateFilm(app: MoviesApp) {
  app.openapi(createFilm, async (c) => {
    const ctx = c.get('ctx')
    const record = c.req.valid('json')
    const delivery = { films: [{ position: 0, record }], rejected: [], source: 'film' }
    const idempotency = idempotencyOf(c.req.valid('header')['idempotency-key'], 'createFilm', record)
    const { importId, replayed } = await acceptImport(ctx, { ...delivery, idempotency })
    // Also when it was accepted before: whoever did may have been cut off right after.
    await storeFilms(ctx, importId, 1, { isUrgent: true })
    const film = await filmOfImport(ctx, importId)
    if (replayed) c.header('idempotent-replayed', 'true')
    ctx.defer(wakeEmbedding(ctx, importId))
    ctx.log('info', 'film_stored', { film_id: film.id, import_id: importId, by: ctx.actor.userId })
    c.header('location', `/movies/${film.id}`)
    return c.json({ ...toFilmView(film), status: 'embedding' as const }, 202)
  })
}

async function filmOfImport({ db }: UserContext, importId: string): Promise<FilmRow> {
  const { rows } = await db.execute(sql`
    select ${filmColumns} from film_import_items as item join films as film on film.id = item.film_id
    where item.import_id = ${importId}`)
  return z.tuple([FilmRow]).parse(rows)[0]
}
