import { and, count, eq, isNull, lt, sql } from 'drizzle-orm'
import { users } from '#db/schema/users.ts'
import { webhookEndpoints } from '#db/schema/webhooks.ts'
import type { UserContext } from '#shared/context.ts'
import type { Idempotency } from '#shared/idempotency.ts'
import { newId } from '#shared/ids.ts'
import { Problem } from '#shared/problem.ts'

export const maximumEndpoints = 10

export type WebhookEndpoint = typeof webhookEndpoints.$inferSelect

export interface NewEndpoint {
  url: string
  /** Signs what is sent there. */
  secret: string
  idempotency?: Idempotency | undefined
}

/**
 * Adds an address to which the ends of a user's jobs are told, unless there are as many as there may be.
 *
 * One transaction of two statements: the first locks the user, so that the count of the second, which sees what was
 * committed before it began, holds until its row is in.
 *
 * @throws Problem `too_many_webhooks`
 */
export async function addWebhookEndpoint(
  { db, actor }: UserContext,
  { url, secret, idempotency }: NewEndpoint,
): Promise<WebhookEndpoint> {
  const enabled = db
    .select({ enabled: count() })
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.userId, actor.userId), isNull(webhookEndpoints.disabledAt)))
  const [, added] = await db.batch([
    db.select({ id: users.id }).from(users).where(eq(users.id, actor.userId)).for('no key update'),
    db
      .insert(webhookEndpoints)
      .select(
        db
          .select({
            id: sql<string>`${newId('endpoint')}`.as('id'),
            userId: users.id,
            url: sql<string>`${url}`.as('url'),
            secret: sql<string>`${secret}`.as('secret'),
            idempotencyKey: sql<string | null>`${idempotency?.key ?? null}`.as('idempotency_key'),
            requestHash: sql<string | null>`${idempotency?.requestHash ?? null}`.as('request_hash'),
            createdAt: sql<Date>`now()`.as('created_at'),
            disabledAt: sql<null>`null::timestamptz`.as('disabled_at'),
          })
          .from(users)
          .where(and(eq(users.id, actor.userId), lt(sql`(${enabled})`, maximumEndpoints))),
      )
      .returning(),
  ])
  const [endpoint] = added
  if (!endpoint) throw new Problem('too_many_webhooks', { detail: `There may be ${maximumEndpoints}: delete one` })
  return endpoint
}
