import type { Queue } from '#shared/queue.ts'

/** @param round how often the sweep has published the job before: each round is a message of its own to the queue */
export function publishJob({ queue }: { queue: Queue }, jobId: string, round = 0): Promise<void> {
  return queue.publish('/infer', { job_id: jobId }, `${jobId}-${round}`)
}
