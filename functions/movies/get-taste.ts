import { createRoute } from '@hono/zod-openapi'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import { readTaste, Taste } from './read-taste.ts'
import type { MoviesApp } from './services.ts'

const getTaste = createRoute({
  operationId: 'getTaste',
  method: 'get',
  path: '/movies/taste',
  tags: ['Films'],
  summary: 'What your likes, dislikes and searches say of your taste',
  ...secured(),
  responses: {
    200: { description: 'Genres by weight', content: { 'application/json': { schema: Taste } } },
    ...problems(401),
  },
})

export function registerGetTaste(app: MoviesApp) {
  app.openapi(getTaste, async (c) => c.json(await readTaste(c.get('ctx')), 200))
}
