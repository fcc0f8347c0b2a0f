import { sql } from 'drizzle-orm'
import { index, pgEnum, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, idempotencyColumns, moment } from './columns.ts'

export const roles = ['user', 'expert', 'admin'] as const
export const roleEnum = pgEnum('role', roles)

export const users = pgTable('users', {
  id: text('id').primaryKey(),
  /** Lower-cased and trimmed before it comes here. */
  email: text('email').notNull().unique(),
  name: text('name').notNull(),
  /** Self-describing: algorithm, parameters, salt and hash. */
  passwordHash: text('password_hash').notNull(),
  role: roleEnum('role').notNull().default('user'),
  createdAt: createdAt(),
})

export const apiKeys = pgTable(
  'api_keys',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    name: text('name').notNull(),
    /** SHA-256 of the secret: enough, since the secret is 256 random bits. */
    secretHash: text('secret_hash').notNull().unique(),
    /** The first characters of the secret, so that people recognise it. */
    hint: text('hint').notNull(),
    ...idempotencyColumns(),
    createdAt: createdAt(),
    revokedAt: moment('revoked_at'),
  },
  (table) => [
    index('api_keys_of_user').on(table.userId, table.id.desc()),
    uniqueIndex('one_api_key_per_idempotency_key')
      .on(table.userId, table.idempotencyKey)
      .where(sql`idempotency_key is not null`),
  ],
)
