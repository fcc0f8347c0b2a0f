import { and, eq } from 'drizzle-orm'
import { webhookEndpoints } from '#db/schema/webhooks.ts'
import type { UserContext } from '#shared/context.ts'
import { idPattern } from '#shared/ids.ts'
import { NotFound } from '#shared/problem.ts'

/** @throws NotFound, for another user's endpoint too */
export async function assertWebhookExists({ db, actor }: UserContext, endpointId: string): Promise<void> {
  if (!idPattern('endpoint').test(endpointId)) throw new NotFound('webhook')
  const found = await db
    .select({ id: webhookEndpoints.id })
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.id, endpointId), eq(webhookEndpoints.userId, actor.userId)))
  if (found.length === 0) throw new NotFound('webhook')
}
