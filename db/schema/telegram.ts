import { bigint, index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { createdAt, moment } from './columns.ts'
import { users } from './users.ts'

/** A person in Telegram, and the account whose wallet and history are theirs; none until they have linked one. */
export const telegramAccounts = pgTable(
  'telegram_accounts',
  {
    telegramId: bigint('telegram_id', { mode: 'number' }).primaryKey(),
    userId: text('user_id').references(() => users.id),
    /** `en` or `ru`. */
    language: text('language').notNull(),
    createdAt: createdAt(),
    linkedAt: moment('linked_at'),
  },
  (table) => [index('telegram_of_user').on(table.userId)],
)

/** One-time codes by which an account of the web is linked. Only their hashes are kept. */
export const telegramLinkCodes = pgTable(
  'telegram_link_codes',
  {
    codeHash: text('code_hash').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
    createdAt: createdAt(),
  },
  (table) => [index('link_codes_of_user').on(table.userId)],
)

/** What Telegram sent, once each: its own id keeps a second delivery out. Emptied of what is old. */
export const telegramUpdates = pgTable(
  'telegram_updates',
  {
    updateId: bigint('update_id', { mode: 'number' }).primaryKey(),
    attempts: integer('attempts').notNull().default(0),
    leaseExpiresAt: moment('lease_expires_at'),
    doneAt: moment('done_at'),
    createdAt: createdAt(),
  },
  (table) => [index('telegram_updates_by_time').on(table.createdAt)],
)
