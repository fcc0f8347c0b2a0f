import { createRoute, z } from '@hono/zod-openapi'
import { mostFilms, usualFilms } from '#models/movies/manifest.ts'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import { Recommendation } from './recommend-films.ts'
import { recommendPersonally } from './recommend-personally.ts'
import type { MoviesApp } from './services.ts'

const recommendToMe = createRoute({
  operationId: 'recommendToMe',
  method: 'get',
  path: '/recommendations/movies',
  tags: ['Films'],
  summary: 'Films for you, by what you like and have looked for',
  description: 'Free. None that you have judged already, and not all alike.',
  ...secured(),
  request: {
    query: z.object({
      limit: z.coerce.number().int().min(1).max(mostFilms).default(usualFilms).openapi({ example: 5 }),
    }),
  },
  responses: {
    200: { description: 'Films, best first', content: { 'application/json': { schema: Recommendation } } },
    ...problems(401, 422, 503),
  },
})

export function registerRecommendToMe(app: MoviesApp) {
  app.openapi(recommendToMe, async (c) => {
    const { predictionId, films } = await recommendPersonally(c.get('ctx'), c.req.valid('query').limit)
    return c.json({ prediction_id: predictionId, cost: 0, results: films }, 200)
  })
}
