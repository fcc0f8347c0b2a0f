import type { Message } from '#shared/queue.ts'

/** @param round how often the sweep has published the job before: each round is a message of its own to the queue */
export function jobMessage(jobId: string, round = 0): Message {
  return { path: '/infer', body: { job_id: jobId }, deduplicationId: `${jobId}-${round}` }
}
