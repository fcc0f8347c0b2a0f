import { createRoute, z } from '@hono/zod-openapi'
import { etag } from '#shared/etag.ts'
import { sha256Hex } from '#shared/hash.ts'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import { GenreCount, readGenres } from './genres.ts'
import type { MoviesApp } from './services.ts'

const listGenres = createRoute({
  operationId: 'listGenres',
  method: 'get',
  path: '/movies/genres',
  tags: ['Films'],
  summary: 'Genres, and how many films have each',
  ...secured(),
  responses: {
    200: {
      description: 'By name',
      content: { 'application/json': { schema: z.object({ items: z.array(GenreCount) }) } },
    },
    304: { description: 'As you know it already' },
    ...problems(401),
  },
})

export function registerListGenres(app: MoviesApp) {
  app.openapi(listGenres, async (c) => {
    const items = await readGenres(c.get('ctx'))
    if (etag(c, sha256Hex(JSON.stringify(items)).slice(0, 32))) return c.body(null, 304)
    return c.json({ items }, 200)
  })
}
