import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgEnum, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, generatedId, idempotencyColumns, moment } from './columns.ts'
import { users } from './users.ts'

export const deliveryStatuses = ['pending', 'delivered', 'failed'] as const
export const deliveryStatusEnum = pgEnum('delivery_status', deliveryStatuses)

/** Where a user wants to be told that a job ended. */
export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    url: text('url').notNull(),
    /** `whsec_` and base64, as Standard Webhooks has it. Kept, not hashed: it signs. */
    secret: text('secret').notNull(),
    ...idempotencyColumns(),
    createdAt: createdAt(),
    /** Set by the user, or by an endpoint that answered 410 Gone. */
    disabledAt: moment('disabled_at'),
  },
  (table) => [
    index('webhook_endpoints_of_user').on(table.userId, table.id.desc()),
    uniqueIndex('one_webhook_per_idempotency_key')
      .on(table.userId, table.idempotencyKey)
      .where(sql`idempotency_key is not null`),
  ],
)

/** One message to one endpoint; made in the very statement that ends the job, so that none is forgotten. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: generatedId('delivery'),
    endpointId: text('endpoint_id')
      .notNull()
      .references(() => webhookEndpoints.id),
    jobId: text('job_id').notNull(),
    status: deliveryStatusEnum('status').notNull().default('pending'),
    attempts: integer('attempts').notNull().default(0),
    publishCount: integer('publish_count').notNull().default(0),
    /** Before this moment nobody sends it: it is being sent, or waits for its next attempt. */
    nextAttemptAt: moment('next_attempt_at').notNull().defaultNow(),
    /** Only who holds this token may record that an attempt failed. */
    leaseToken: text('lease_token'),
    /** What the endpoint answered last: an HTTP status or the reason why there was none. */
    lastAnswer: jsonb('last_answer'),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('one_delivery_per_endpoint_and_job').on(table.endpointId, table.jobId),
    index('deliveries_of_endpoint').on(table.endpointId, table.id.desc()),
    index('deliveries_pending').on(table.nextAttemptAt).where(sql`status = 'pending'`),
  ],
)
