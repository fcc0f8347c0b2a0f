import { createRoute, z } from '@hono/zod-openapi'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import { RankedFilm } from './ranked-film.ts'
import type { MoviesApp } from './services.ts'
import { similarFilms } from './similar-films.ts'

const listSimilarFilms = createRoute({
  operationId: 'listSimilarFilms',
  method: 'get',
  path: '/movies/{film_id}/similar',
  tags: ['Films'],
  summary: 'Films like this one',
  ...secured(),
  request: {
    params: z.object({ film_id: z.string().max(100) }),
    query: z.object({ limit: z.coerce.number().int().min(1).max(50).default(10).openapi({ example: 5 }) }),
  },
  responses: {
    200: {
      description: 'The most alike first',
      content: { 'application/json': { schema: z.object({ results: z.array(RankedFilm) }) } },
    },
    ...problems(401, 404, 422, 503),
  },
})

export function registerListSimilarFilms(app: MoviesApp) {
  app.openapi(listSimilarFilms, async (c) => {
    const { film_id } = c.req.valid('param')
    return c.json({ results: await similarFilms(c.get('ctx'), film_id, c.req.valid('query').limit) }, 200)
  })
}
