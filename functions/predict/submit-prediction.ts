import { createRoute, z } from '@hono/zod-openapi'
import { idempotencyHeader, idempotencyOf } from '#shared/idempotency.ts'
import { bearer, signedIn } from '#shared/identity.ts'
import { limited } from '#shared/limited.ts'
import { problems } from '#shared/problem.ts'
import { Ask, priceOf, rowsThatFit } from './ask.ts'
import { deadlineHeader, deadlineMsOf } from './deadline.ts'
import { jobMessage } from './job-message.ts'
import { reserveJob } from './reserve-job.ts'
import type { PredictApp } from './services.ts'

/** A wallet bounds what anybody can spend; this bounds what one caller can make everybody else wait for. */
const submissions = { limit: 6_000, windowMs: 60_000, leaseSize: 100 }

const submitPrediction = createRoute({
  operationId: 'submitPrediction',
  method: 'post',
  path: '/predict',
  tags: ['Predictions'],
  summary: 'Queue a paid prediction',
  security: bearer,
  middleware: [signedIn(), limited('submissions', submissions)] as const,
  request: {
    headers: idempotencyHeader.extend(deadlineHeader),
    body: { required: true, content: { 'application/json': { schema: Ask } } },
  },
  responses: {
    202: {
      description: 'Accepted and paid; ask for the result at `location`',
      headers: z.object({ location: z.string() }),
      content: { 'application/json': { schema: z.object({ job_id: z.string() }) } },
    },
    ...problems(400, 401, 402, 404, 413, 422, 429, 503),
  },
})

export function registerSubmitPrediction(app: PredictApp) {
  app.openapi(submitPrediction, async (c) => {
    const ctx = c.get('ctx')
    const { model_name, data } = c.req.valid('json')
    const headers = c.req.valid('header')
    const predictor = await ctx.catalogue.find(ctx.db, model_name)
    const rowCount = rowsThatFit(predictor.manifest, data)
    const { jobId, replayed } = await reserveJob(ctx, {
      predictorName: predictor.name,
      versionId: predictor.versionId,
      artefactSha256: predictor.artefactSha256,
      input: data,
      rowCount,
      priceCredits: priceOf(predictor, rowCount),
      deadlineMs: deadlineMsOf(headers['cancel-after']),
      idempotency: idempotencyOf(headers['idempotency-key'], 'submitPrediction', [
        model_name,
        data,
        headers['cancel-after'],
      ]),
    })
    // After the answer: the job's row is its own outbox, so that a lost message is found by the sweep.
    if (!replayed) ctx.defer(ctx.queue.publish([jobMessage(jobId)]))
    if (replayed) c.header('idempotent-replayed', 'true')
    c.header('location', `/predict/${jobId}`)
    return c.json({ job_id: jobId }, 202)
  })
}
