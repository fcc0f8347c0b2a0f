import type { Job } from '../api/types.ts'
import { consoleDomains } from './domains.ts'

type Asked = Pick<Job, 'model_name' | 'job_id' | 'data'>

const find = (model: string) => consoleDomains.flatMap(({ askedAt = [] }) => askedAt).find((it) => it.model === model)

/** Where a model is asked: on a page of its domain, or by its form. */
export function askAddress(model: string): string {
  return find(model)?.address() ?? `/console/predictors/${encodeURIComponent(model)}`
}

/** Where what a job was asked can be changed and asked again. */
export function askAgainAddress(job: Asked): string {
  const byForm = `/console/predictors/${encodeURIComponent(job.model_name)}?from=${encodeURIComponent(job.job_id)}`
  return find(job.model_name)?.address(job) ?? byForm
}

/** Where a finished job's answer is shown as its domain shows it; undefined: on the job's own page. */
export function answerAddress(job: Asked): string | undefined {
  return find(job.model_name)?.answerAddress(job)
}
