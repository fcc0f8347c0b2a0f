import { createRoute, z } from '@hono/zod-openapi'
import { etag } from '#shared/etag.ts'
import { sha256Hex } from '#shared/hash.ts'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import { FilmView, toFilmView } from './film-view.ts'
import { filmStatuses, findFilm } from './find-film.ts'
import type { MoviesApp } from './services.ts'

const FilmPage = FilmView.extend({
  status: z.enum(filmStatuses).openapi({ description: 'Whether a search by description finds it as it is now' }),
}).openapi('FilmPage')

const getFilm = createRoute({
  operationId: 'getFilm',
  method: 'get',
  path: '/movies/{film_id}',
  tags: ['Films'],
  summary: 'A film',
  ...secured(),
  request: { params: z.object({ film_id: z.string().max(100) }) },
  responses: {
    200: { description: 'The film', content: { 'application/json': { schema: FilmPage } } },
    304: { description: 'As you know it already' },
    ...problems(401, 404, 422),
  },
})

export function registerGetFilm(app: MoviesApp) {
  app.openapi(getFilm, async (c) => {
    const { status, ...row } = await findFilm(c.get('ctx'), c.req.valid('param').film_id)
    const film = { ...toFilmView(row), status }
    if (etag(c, sha256Hex(JSON.stringify(film)).slice(0, 32))) return c.body(null, 304)
    return c.json(film, 200)
  })
}
