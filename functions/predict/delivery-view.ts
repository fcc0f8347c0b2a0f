import { z } from '@hono/zod-openapi'
import { deliveryStatuses, type webhookDeliveries } from '#db/schema/webhooks.ts'

/** What an attempt to send a webhook message came to. What the answer said is not kept: nobody reads through us. */
export const LastAnswer = z.object({
  status: z.number().int().nullable().openapi({ description: 'HTTP status, if there was an answer' }),
  reason: z.string().nullable().openapi({ description: 'Why there was none', example: 'timeout' }),
  at: z.iso.datetime(),
})

export const DeliveryView = z
  .object({
    id: z.string().openapi({ description: 'The `webhook-id` of the message, the same in every attempt' }),
    job_id: z.string(),
    status: z.enum(deliveryStatuses),
    attempts: z.number().int(),
    last_answer: LastAnswer.nullable(),
    next_attempt_at: z.iso.datetime().nullable().openapi({ description: 'Of a pending one: not before this' }),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .openapi('WebhookDelivery')

export function toDeliveryView(row: typeof webhookDeliveries.$inferSelect): z.infer<typeof DeliveryView> {
  return {
    id: row.id,
    job_id: row.jobId,
    status: row.status,
    attempts: row.attempts,
    last_answer: LastAnswer.nullable().parse(row.lastAnswer),
    next_attempt_at: row.status === 'pending' ? row.nextAttemptAt.toISOString() : null,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  }
}
