import { z } from '@hono/zod-openapi'
import type { webhookEndpoints } from '#db/schema/webhooks.ts'

export const WebhookView = z
  .object({
    id: z.string(),
    url: z.string(),
    created_at: z.iso.datetime(),
    disabled_at: z.iso
      .datetime()
      .nullable()
      .openapi({ description: 'When you deleted it, or when it answered 410 Gone' }),
  })
  .openapi('Webhook')

/** Of an endpoint without its secret, which is shown once. */
export function toWebhookView(
  row: Pick<typeof webhookEndpoints.$inferSelect, 'id' | 'url' | 'createdAt' | 'disabledAt'>,
): z.infer<typeof WebhookView> {
  return {
    id: row.id,
    url: row.url,
    created_at: row.createdAt.toISOString(),
    disabled_at: row.disabledAt?.toISOString() ?? null,
  }
}
