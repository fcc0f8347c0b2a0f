import { and, eq, exists, isNull, sql } from 'drizzle-orm'
import { webhookDeliveries, webhookEndpoints } from '#db/schema/webhooks.ts'
import type { UserContext } from '#shared/context.ts'
import { idPattern } from '#shared/ids.ts'
import { NotFound, Problem } from '#shared/problem.ts'
import { assertWebhookExists } from './assert-webhook-exists.ts'

export type Delivery = typeof webhookDeliveries.$inferSelect

/**
 * Has a message sent once more, from its first attempt on, however it stood. An attempt that is under way at this
 * moment keeps running, but its failure no longer counts.
 *
 * @throws NotFound
 * @throws Problem `webhook_disabled`
 */
export async function reopenDelivery(ctx: UserContext, endpointId: string, deliveryId: string): Promise<Delivery> {
  await assertWebhookExists(ctx, endpointId)
  if (!idPattern('delivery').test(deliveryId)) throw new NotFound('delivery')
  const { db } = ctx
  const isThis = and(eq(webhookDeliveries.id, deliveryId), eq(webhookDeliveries.endpointId, endpointId))
  const isEnabled = exists(
    db
      .select({ id: webhookEndpoints.id })
      .from(webhookEndpoints)
      .where(and(eq(webhookEndpoints.id, endpointId), isNull(webhookEndpoints.disabledAt))),
  )
  const [reopened] = await db
    .update(webhookDeliveries)
    .set({
      status: 'pending',
      attempts: 0,
      leaseToken: null,
      nextAttemptAt: sql`now()`,
      publishCount: sql`${webhookDeliveries.publishCount} + 1`,
      updatedAt: sql`now()`,
    })
    .where(and(isThis, isEnabled))
    .returning()
  if (reopened) return reopened
  const [known] = await db.select({ id: webhookDeliveries.id }).from(webhookDeliveries).where(isThis)
  throw known ? new Problem('webhook_disabled') : new NotFound('delivery')
}
