import { createRoute, z } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import type { UserContext } from '#shared/context.ts'
import { etag } from '#shared/etag.ts'
import { secured } from '#shared/identity.ts'
import { InvalidRequest, problems } from '#shared/problem.ts'
import { faultsOf } from '#shared/to-problem.ts'
import { awaitJob } from './await-job.ts'
import { JobView, toJobView } from './job-view.ts'
import { preferHeader, waitMsOf } from './prefer.ts'
import type { PredictApp } from './services.ts'

const shared = {
  method: 'get' as const,
  tags: ['Predictions'],
  ...secured(),
  responses: {
    200: { description: 'The job', content: { 'application/json': { schema: JobView } } },
    304: { description: 'As you know it already' },
    ...problems(400, 401, 404, 422),
  },
}

const JobId = z.string().max(100)

const getPrediction = createRoute({
  operationId: 'getPrediction',
  path: '/predict/{job_id}',
  summary: 'State and result of a job',
  ...shared,
  request: { params: z.object({ job_id: JobId }), headers: preferHeader },
})

const findPrediction = createRoute({
  operationId: 'findPrediction',
  path: '/predict',
  summary: 'State and result of a job, by query',
  description: 'The id may also come in a JSON body, for callers that send one with GET.',
  ...shared,
  request: { query: z.object({ job_id: JobId.optional() }), headers: preferHeader },
})

export function registerGetPrediction(app: PredictApp) {
  app.openapi(getPrediction, async (c) => {
    const job = await view(c, c.get('ctx'), c.req.valid('param').job_id, c.req.valid('header').prefer)
    return job ? c.json(job, 200) : c.body(null, 304)
  })
  app.openapi(findPrediction, async (c) => {
    const jobId = c.req.valid('query').job_id ?? (await jobIdInBody(c))
    const job = await view(c, c.get('ctx'), jobId, c.req.valid('header').prefer)
    return job ? c.json(job, 200) : c.body(null, 304)
  })
}

async function view(c: HonoContext, ctx: UserContext, jobId: string, prefer: string | undefined) {
  const waitMs = waitMsOf(prefer)
  if (waitMs > 0) c.header('preference-applied', `wait=${waitMs / 1000}`)
  const job = toJobView(await awaitJob(ctx, jobId, waitMs))
  return etag(c, `${job.job_id}.${job.revision}`) ? undefined : job
}

async function jobIdInBody(c: HonoContext): Promise<string> {
  if ((await c.req.text()) === '')
    throw new InvalidRequest([{ pointer: '/query/job_id', code: 'missing', message: 'is missing' }])
  const body = z.object({ job_id: JobId }).safeParse(await c.req.json())
  if (!body.success) throw new InvalidRequest(faultsOf('json', body.error))
  return body.data.job_id
}
