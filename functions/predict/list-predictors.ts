import { createRoute, z } from '@hono/zod-openapi'
import { etag } from '#shared/etag.ts'
import { sha256Hex } from '#shared/hash.ts'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import { PredictorView, toPredictorView } from './predictor-view.ts'
import type { PredictApp } from './services.ts'

const listPredictors = createRoute({
  operationId: 'listPredictors',
  method: 'get',
  path: '/predictors',
  tags: ['Predictions'],
  summary: 'Models on offer, with price, quality and what they take',
  ...secured(),
  responses: {
    200: {
      description: 'Cheapest first within a domain',
      content: { 'application/json': { schema: z.object({ models: z.array(PredictorView) }) } },
    },
    304: { description: 'As you know it already' },
    ...problems(401),
  },
})

export function registerListPredictors(app: PredictApp) {
  app.openapi(listPredictors, async (c) => {
    const { db, catalogue } = c.get('ctx')
    const models = (await catalogue.list(db)).map(toPredictorView)
    if (etag(c, sha256Hex(JSON.stringify(models)).slice(0, 32))) return c.body(null, 304)
    return c.json({ models }, 200)
  })
}
