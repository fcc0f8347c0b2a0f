import { createRoute, z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { type EndedJob, endJobs } from '#functions/predict/end-job.ts'
import { endOverdueJobs } from '#functions/predict/end-overdue-jobs.ts'
import { publishDeliveries } from '#functions/predict/publish-deliveries.ts'
import { ModelError } from '#models/_runtime/model-error.ts'
import { validateColumns } from '#models/_runtime/validate-columns.ts'
import type { Context } from '#shared/context.ts'
import { idPattern } from '#shared/ids.ts'
import { errorFields } from '#shared/log.ts'
import { Problem, problems } from '#shared/problem.ts'
import { callbackRetries, queueSecurity } from '#shared/queue.ts'
import { trackError } from '#shared/track-error.ts'
import { type Claim, claimJob, releaseJob } from './claim-job.ts'
import { type Run, runSearch } from './run-search.ts'
import type { InferApp, InferServices } from './services.ts'

const runJob = createRoute({
  operationId: 'runJob',
  method: 'post',
  path: '/infer',
  tags: ['Queue'],
  summary: 'Run a job (called by the queue, signed)',
  security: queueSecurity,
  request: {
    headers: z.object({ 'upstash-retried': z.coerce.number().int().min(0).default(0) }),
    body: {
      required: true,
      content: { 'application/json': { schema: z.object({ job_id: z.string().regex(idPattern('job')) }) } },
    },
  },
  responses: {
    200: {
      description: 'The job has ended, now or before',
      content: { 'application/json': { schema: z.object({ job_id: z.string(), outcome: z.string() }) } },
    },
    ...problems(400, 401, 422, 503),
  },
})

type InferContext = Context & InferServices
type Claimed = Extract<Claim, { kind: 'claimed' }>

export function registerRunJob(app: InferApp) {
  app.openapi(runJob, async (c) => {
    const ctx = c.get('ctx')
    const { job_id } = c.req.valid('json')
    const isLastAttempt = c.req.valid('header')['upstash-retried'] >= callbackRetries
    const claim = await claimJob(ctx, job_id)
    switch (claim.kind) {
      case 'settled':
        return c.json({ job_id, outcome: 'settled_before' }, 200)
      case 'busy':
        throw new Problem('unavailable', { headers: { 'retry-after': String(claim.retryAfterSeconds) } })
      case 'overdue':
        ctx.defer(publishDeliveries(ctx, await endOverdueJobs(ctx, job_id)))
        return c.json({ job_id, outcome: 'cancelled' }, 200)
      case 'claimed':
        return c.json({ job_id, outcome: await perform(ctx, claim, isLastAttempt) }, 200)
    }
  })
}

async function perform(ctx: InferContext, claim: Claimed, isLastAttempt: boolean): Promise<string> {
  const { job, leaseToken } = claim
  const mine = sql`id = ${job.id} and status = 'running' and lease_token = ${leaseToken}`
  let ended: EndedJob[]
  try {
    const { results, runMs, record } = await run(ctx, job)
    const inTime = sql`${mine} and (deadline_at is null or deadline_at > now())`
    ended = await endJobs(ctx, inTime, { status: 'finished', results, runMs }, record)
  } catch (error) {
    const mayPass = !(error instanceof ModelError) || error.retryable
    ctx.log('error', 'run_failed', { job_id: job.id, attempt: job.attempts, may_pass: mayPass, ...errorFields(error) })
    if (mayPass && !isLastAttempt) {
      await releaseJob(ctx, job.id, leaseToken)
      throw new Problem('unavailable', { cause: error })
    }
    ctx.defer(trackError(ctx, { functionName: 'infer', event: 'run_failed', error }))
    const message = mayPass ? 'The model could not be run, several times over' : 'The model cannot answer this input'
    ended = await endJobs(ctx, mine, { status: 'failed', error: { code: 'model_failed', message } })
  }
  // Nothing ended: the deadline passed during the run, or another holder took over after the lease.
  if (ended.length === 0) ended = await endOverdueJobs(ctx, job.id)
  ctx.defer(publishDeliveries(ctx, ended))
  return 'ended'
}

/** A search looks into the catalogue; everything else is computed by its artefact. */
async function run(ctx: InferContext, job: Claimed['job']): Promise<Run> {
  const { manifest, artefact } = await ctx.versions.load(ctx.db, job.version_id)
  const checked = validateColumns(manifest, job.input)
  if (!checked.ok) throw new ModelError('the stored input no longer fits its own manifest', { retryable: false })
  if (manifest.task === 'search') return runSearch(ctx, checked.columns)
  const { rows, timings } = await ctx.models.predict(artefact, manifest, checked.columns)
  return { results: rows, runMs: timings.runMs }
}
