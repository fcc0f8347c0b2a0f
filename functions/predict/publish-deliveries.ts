import type { Queue } from '#shared/queue.ts'
import type { EndedJob } from './end-job.ts'

/** Has the webhook messages of ended jobs sent; what is lost on the way is found by the sweep. */
export async function publishDeliveries({ queue }: { queue: Queue }, ended: EndedJob[]): Promise<void> {
  const ids = ended.flatMap((job) => job.deliveryIds)
  await Promise.all(ids.map((id) => publishDelivery({ queue }, id)))
}

/** @param round how often the sweep has published it before */
export function publishDelivery({ queue }: { queue: Queue }, deliveryId: string, round = 0): Promise<void> {
  return queue.publish('/infer/webhook_deliveries', { delivery_id: deliveryId }, `${deliveryId}-${round}`)
}
