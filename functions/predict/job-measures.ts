import type { Context } from '#shared/context.ts'
import { counter, histogram } from '#shared/measures.ts'

export const jobCounter = counter('auspex_jobs_ended_total', 'Jobs that ended, by predictor and final state', [
  'predictor',
  'status',
])
export const creditCounter = counter(
  'auspex_credits_settled_total',
  'Credits of jobs that ended: captured (paid) or released (given back)',
  ['predictor', 'kind'],
)
export const waitSeconds = histogram(
  'auspex_job_wait_seconds',
  'From the acceptance of a job to the start of its last run, by the clock of the database',
  ['predictor'],
  [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
)
export const runSeconds = histogram(
  'auspex_job_run_seconds',
  'Inside the model, for jobs that finished',
  ['predictor'],
  [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
)

interface Measured {
  predictor_name: string
  price_credits: number
  /** Null: it was never started. */
  waited_seconds: number | null
}

/** Counts jobs that one statement ended. */
export function countEndedJobs(
  { metrics }: Pick<Context, 'metrics'>,
  jobs: readonly Measured[],
  { status, isPaid, runMs }: { status: string; isPaid: boolean; runMs: number | undefined },
) {
  for (const { predictor_name: predictor, price_credits, waited_seconds } of jobs) {
    metrics.add(jobCounter, { predictor, status })
    metrics.add(creditCounter, { predictor, kind: isPaid ? 'captured' : 'released' }, price_credits)
    if (waited_seconds !== null) metrics.observe(waitSeconds, { predictor }, waited_seconds)
    if (runMs !== undefined) metrics.observe(runSeconds, { predictor }, runMs / 1000)
  }
}
