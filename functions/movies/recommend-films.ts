import { createRoute, z } from '@hono/zod-openapi'
import { longestQuery, mostFilms, usualFilms } from '#models/movies/manifest.ts'
import { idempotencyHeader, idempotencyOf } from '#shared/idempotency.ts'
import { bearer, signedIn } from '#shared/identity.ts'
import { limited } from '#shared/limited.ts'
import { problems } from '#shared/problem.ts'
import { filmFilters, scopeOf } from './film-filters.ts'
import { RankedFilm } from './ranked-film.ts'
import { recommend } from './recommend.ts'
import type { MoviesApp } from './services.ts'

/** A wallet bounds what anybody can spend; this bounds what one caller can make everybody else wait for. */
const searches = { limit: 600, windowMs: 60_000, leaseSize: 50 }

const Body = z.object({
  query: z
    .string()
    .trim()
    .min(1)
    .max(longestQuery)
    .openapi({ description: 'In your own words, in English or Russian', example: 'a heist that goes wrong' }),
  limit: z.number().int().min(1).max(mostFilms).default(usualFilms).openapi({ example: 5 }),
  ...filmFilters,
})

export const Recommendation = z
  .object({
    prediction_id: z.string(),
    cost: z.number().int().openapi({ description: 'Credits that were taken: none where no film was found' }),
    results: z.array(RankedFilm),
  })
  .openapi('Recommendation')

const recommendFilms = createRoute({
  operationId: 'recommendFilms',
  method: 'post',
  path: '/recommend',
  tags: ['Films'],
  summary: 'Find films by what you would like to see',
  description: 'Paid. What cannot be answered within two seconds becomes a job, as any other prediction.',
  security: bearer,
  middleware: [signedIn(), limited('searches', searches)] as const,
  request: {
    headers: idempotencyHeader,
    body: { required: true, content: { 'application/json': { schema: Body } } },
  },
  responses: {
    200: { description: 'Films, best first', content: { 'application/json': { schema: Recommendation } } },
    202: {
      description: 'Not in time: ask for the result at `location`',
      headers: z.object({ location: z.string() }),
      content: { 'application/json': { schema: z.object({ job_id: z.string() }) } },
    },
    ...problems(400, 401, 402, 413, 422, 429, 503),
  },
})

export function registerRecommendFilms(app: MoviesApp) {
  app.openapi(recommendFilms, async (c) => {
    const ctx = c.get('ctx')
    const { query, limit, ...filters } = c.req.valid('json')
    const scope = await scopeOf(ctx, filters)
    const key = c.req.valid('header')['idempotency-key']
    const idempotency = idempotencyOf(key, 'recommendFilms', [query, limit, filters])
    const answer = await recommend(ctx, { query, limit, scope, idempotency })
    if (answer.replayed) c.header('idempotent-replayed', 'true')
    if (answer.kind === 'answered')
      return c.json({ prediction_id: answer.predictionId, cost: answer.cost, results: answer.films }, 200)
    c.header('location', `/predict/${answer.jobId}`)
    return c.json({ job_id: answer.jobId }, 202)
  })
}
