import { createRoute, z } from '@hono/zod-openapi'
import { secured } from '#shared/identity.ts'
import { pageOf } from '#shared/pages.ts'
import { problems } from '#shared/problem.ts'
import { FilmView, toFilmView } from './film-view.ts'
import { findTitles } from './find-titles.ts'
import type { MoviesApp } from './services.ts'

const searchTitles = createRoute({
  operationId: 'searchTitles',
  method: 'get',
  path: '/movies/search',
  tags: ['Films'],
  summary: 'Films by title, as you type',
  description: 'Case, accents and a few wrong letters do not matter, in English or Russian. It is free.',
  ...secured(),
  request: {
    query: z.object({
      title: z.string().trim().min(1).max(200).openapi({ description: 'Or how it begins', example: 'metrpolis' }),
      limit: z.coerce.number().int().min(1).max(50).default(10).openapi({ example: 5 }),
    }),
  },
  responses: {
    200: {
      description: 'Titles that begin so, then those that are like it; there is only this page',
      content: { 'application/json': { schema: pageOf(FilmView) } },
    },
    ...problems(401, 422),
  },
})

export function registerSearchTitles(app: MoviesApp) {
  app.openapi(searchTitles, async (c) => {
    const { title, limit } = c.req.valid('query')
    const films = await findTitles(c.get('ctx'), title, limit)
    return c.json({ items: films.map(toFilmView), next_cursor: null }, 200)
  })
}
