import { createRoute, z } from '@hono/zod-openapi'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import { cancelJob } from './cancel-job.ts'
import { JobView, toJobView } from './job-view.ts'
import type { PredictApp } from './services.ts'

const cancelPrediction = createRoute({
  operationId: 'cancelPrediction',
  method: 'post',
  path: '/predict/{job_id}/cancel',
  tags: ['Predictions'],
  summary: 'Cancel a job that has not started; its price is given back',
  ...secured(),
  request: { params: z.object({ job_id: z.string().max(100) }) },
  responses: {
    200: { description: 'Cancelled, now or before', content: { 'application/json': { schema: JobView } } },
    ...problems(401, 404, 409),
  },
})

export function registerCancelPrediction(app: PredictApp) {
  app.openapi(cancelPrediction, async (c) => {
    const job = await cancelJob(c.get('ctx'), c.req.valid('param').job_id)
    return c.json(toJobView(job), 200)
  })
}
