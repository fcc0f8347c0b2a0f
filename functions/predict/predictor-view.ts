import { z } from '@hono/zod-openapi'
import { Feature } from '#models/_runtime/manifest.ts'
import type { Predictor } from './predictor-catalogue.ts'

export const PredictorView = z
  .object({
    model_name: z.string(),
    title: z.string(),
    summary: z.string(),
    domain: z.string(),
    price: z.number().int().openapi({ description: 'Credits for one row' }),
    quality: z.record(z.string(), z.unknown()).openapi({
      description: 'By cross-validation (see the model card), or on the rows that came with an import',
    }),
    task: z
      .enum(['regression', 'classification', 'search'])
      .openapi({ description: 'What a row is answered with: a number, a class, or things that were found' }),
    maximum_rows: z
      .number()
      .int()
      .optional()
      .openapi({ description: 'Of one request, where there is a limit of its own' }),
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

export function toPredictorView({ manifest, ...predictor }: Predictor): z.infer<typeof PredictorView> {
  const { title, summary, domain, task, maximumRows, output, classes, interval, features } = manifest
  return {
    model_name: predictor.name,
    title,
    summary,
    domain,
    price: predictor.priceCredits,
    quality: predictor.metrics,
    task,
    maximum_rows: maximumRows,
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
