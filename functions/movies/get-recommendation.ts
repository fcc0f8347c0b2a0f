import { createRoute, z } from '@hono/zod-openapi'
import { secured } from '#shared/identity.ts'
import { NotFound, problems } from '#shared/problem.ts'
import { readRecommendation } from './read-recommendation.ts'
import { Recommendation } from './recommend-films.ts'
import type { MoviesApp } from './services.ts'

const getRecommendation = createRoute({
  operationId: 'getRecommendation',
  method: 'get',
  path: '/recommendations/{prediction_id}',
  tags: ['Films'],
  summary: 'A recommendation as it was answered, once it is there',
  ...secured(),
  request: { params: z.object({ prediction_id: z.string().max(100) }) },
  responses: {
    200: { description: 'Films, best first', content: { 'application/json': { schema: Recommendation } } },
    ...problems(401, 404, 422),
  },
})

export function registerGetRecommendation(app: MoviesApp) {
  app.openapi(getRecommendation, async (c) => {
    const { prediction_id } = c.req.valid('param')
    const found = await readRecommendation(c.get('ctx'), prediction_id)
    if (!found) throw new NotFound('recommendation, or it is not there yet')
    return c.json({ prediction_id, cost: found.cost, results: found.films }, 200)
  })
}
