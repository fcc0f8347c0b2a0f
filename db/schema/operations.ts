import { index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { moment } from './columns.ts'

/** Errors of ours (5xx, failed deferred work), one row for each kind: function, event and where it was thrown. */
export const errorGroups = pgTable(
  'error_groups',
  {
    /** `error_...`, from the fingerprint. */
    id: text('id').primaryKey(),
    functionName: text('function_name').notNull(),
    event: text('event').notNull(),
    message: text('message').notNull(),
    stack: text('stack'),
    occurrences: integer('occurrences').notNull().default(1),
    /** Of the last one: what the log knows it by. */
    lastRequestId: text('last_request_id').notNull(),
    lastPath: text('last_path'),
    firstSeenAt: moment('first_seen_at').notNull().defaultNow(),
    lastSeenAt: moment('last_seen_at').notNull().defaultNow(),
  },
  (table) => [index('error_groups_by_time').on(table.lastSeenAt.desc())],
)
