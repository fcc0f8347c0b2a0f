import { createRoute, z } from '@hono/zod-openapi'
import { Feature } from '#models/_runtime/manifest.ts'
import { etag } from '#shared/etag.ts'
import { sha256Hex } from '#shared/hash.ts'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import type { Predictor } from './predictor-catalogue.ts'
import type { PredictApp } from './services.ts'

const PredictorView = z
  .object({
    model_name: z.string(),
    title: z.string(),
    summary: z.string(),
    domain: z.string(),
    price: z.number().int().openapi({ description: 'Credits for one row' }),
    quality: z.record(z.string(), z.unknown()).openapi({
      description: 'By cross-validation (see the model card), or on the rows that came with an import',
    }),
    task: z.enum(['regression', 'classification']),
    output: z.object({ name: z.string(), label: z.string(), unit: z.string() }),
    classes: z.array(z.string()).optional().openapi({
      description: 'What a classification tells apart; of two the second is the positive one',
    }),
    interval: z
      .object({ coverage: z.number() })
      .optional()
      .openapi({ description: 'Of a predictor that says how sure it is' }),
    version: z.number().int(),
    version_id: z.string(),
    artefact_sha256: z.string(),
    updated_at: z.iso.datetime(),
    features: z.array(Feature),
  })
  .openapi('Predictor')

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
    const models = (await catalogue.list(db)).map(toView)
    if (etag(c, sha256Hex(JSON.stringify(models)).slice(0, 32))) return c.body(null, 304)
    return c.json({ models }, 200)
  })
}

function toView({ manifest, ...predictor }: Predictor): z.infer<typeof PredictorView> {
  const { title, summary, domain, task, output, classes, interval, features } = manifest
  return {
    model_name: predictor.name,
    title,
    summary,
    domain,
    price: predictor.priceCredits,
    quality: predictor.metrics,
    task,
    output,
    classes,
    interval,
    version: predictor.version,
    version_id: predictor.versionId,
    artefact_sha256: predictor.artefactSha256,
    updated_at: predictor.updatedAt.toISOString(),
    features,
  }
}
