import type { Message, Queue } from '#shared/queue.ts'
import type { EndedJob } from './end-job.ts'

/** Has the webhook messages of ended jobs sent; what is lost on the way is found by the sweep. */
export function publishDeliveries({ queue }: { queue: Queue }, ended: readonly EndedJob[]): Promise<void> {
  return queue.publish(deliveriesOf(ended))
}

export function deliveriesOf(ended: readonly EndedJob[]): Message[] {
  return ended.flatMap((job) => job.deliveryIds).map((id) => deliveryMessage(id))
}

/** @param round how often the sweep has published it before */
export function deliveryMessage(deliveryId: string, round = 0): Message {
  return {
    path: '/infer/webhook_deliveries',
    body: { delivery_id: deliveryId },
    deduplicationId: `${deliveryId}-${round}`,
  }
}
