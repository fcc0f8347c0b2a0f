import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
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
    /** Who used it: the same person may send it twice. */
    usedBy: bigint('used_by', { mode: 'number' }),
    createdAt: createdAt(),
  },
  (table) => [index('link_codes_of_user').on(table.userId)],
)

/**
 * What Telegram sent, once each: its own id keeps a second delivery out. The row is its own outbox: what was never worked
 * on is found by the sweep. Its content goes when it is done, the row when Telegram no longer repeats it.
 */
export const telegramUpdates = pgTable(
  'telegram_updates',
  {
    updateId: bigint('update_id', { mode: 'number' }).primaryKey(),
    /** Where it was said: updates of one chat are worked on one by one, in their order. Null: without a chat, in none. */
    chatId: bigint('chat_id', { mode: 'number' }),
    /** As Telegram sent it; null once done. */
    content: jsonb('content').$type<Record<string, unknown>>(),
    attempts: integer('attempts').notNull().default(0),
    publishCount: integer('publish_count').notNull().default(0),
    /** Only who holds this token may end the update. */
    leaseToken: text('lease_token'),
    leaseExpiresAt: moment('lease_expires_at'),
    /** Not before: Telegram has asked for a pause. */
    notBefore: moment('not_before'),
    doneAt: moment('done_at'),
    createdAt: createdAt(),
  },
  (table) => [
    index('telegram_updates_by_time').on(table.createdAt),
    index('telegram_updates_open').on(table.chatId, table.updateId).where(sql`done_at is null`),
  ],
)
