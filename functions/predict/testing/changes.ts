import { sql } from 'drizzle-orm'
import { claimJob, releaseJob } from '#functions/infer/claim-job.ts'
import { givenPredictor } from '#shared/testing/predictors.ts'
import { givenUser } from '#shared/testing/users.ts'
import { endJobs } from '../end-job.ts'
import { reserveJob } from '../reserve-job.ts'

const result = { value: 3, interval: { lower: 2, upper: 4, coverage: 0.9 }, contributions: { x: 1 } }

/** A user whose jobs this test moves from state to state, by the verbs that do so in earnest. */
export async function givenJobs() {
  const user = await givenUser({ credits: 1_000 })
  const predictor = await givenPredictor()
  const leases = new Map<string, string>()
  const { ctx } = user
  return {
    user,
    async submit() {
      const { jobId } = await reserveJob(ctx, { ...predictor, input: { x: [1] }, rowCount: 1, priceCredits: 1 })
      return jobId
    },
    async start(jobId: string) {
      const claim = await claimJob(ctx, jobId)
      if (claim.kind === 'claimed') leases.set(jobId, claim.leaseToken)
    },
    putBack: (jobId: string) => releaseJob(ctx, jobId, leases.get(jobId) ?? ''),
    finish: (jobId: string) =>
      endJobs(ctx, sql`id = ${jobId} and status = 'running'`, { status: 'finished', results: [result], runMs: 1 }),
    cancel: (jobId: string) =>
      endJobs(ctx, sql`id = ${jobId} and status = 'queued'`, {
        status: 'cancelled',
        error: { code: 'cancelled_by_user', message: 'Cancelled' },
      }),
  }
}

export type Jobs = Awaited<ReturnType<typeof givenJobs>>
