import { index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { createdAt, generatedId, moment } from './columns.ts'

/** Errors of ours (5xx, failed deferred work, failed crons), one row for each kind: function, event and where it was thrown. */
export const errorGroups = pgTable(
  'error_groups',
  {
    /** `error_...`, from the fingerprint. */
    id: text('id').primaryKey(),
    functionName: text('function_name').notNull(),
    /** The operation that was asked for, the cron, or the kind of work. */
    event: text('event').notNull(),
    message: text('message').notNull(),
    stack: text('stack'),
    occurrences: integer('occurrences').notNull().default(1),
    /** Of the last one: what the log knows it by. */
    lastRequestId: text('last_request_id').notNull(),
    lastPath: text('last_path'),
    firstSeenAt: moment('first_seen_at').notNull().defaultNow(),
    lastSeenAt: moment('last_seen_at').notNull().defaultNow(),
    /** Somebody took care of it; the next occurrence makes it null again. */
    resolvedAt: moment('resolved_at'),
  },
  (table) => [index('error_groups_by_time').on(table.lastSeenAt.desc(), table.id.desc())],
)

/** The newest occurrences of each kind: by them the id of a request that failed finds its error. */
export const errorOccurrences = pgTable(
  'error_occurrences',
  {
    id: generatedId('occurrence'),
    errorId: text('error_id')
      .notNull()
      .references(() => errorGroups.id, { onDelete: 'cascade' }),
    requestId: text('request_id').notNull(),
    path: text('path'),
    /** Who was refused, if they were known. */
    userId: text('user_id'),
    createdAt: createdAt(),
  },
  (table) => [
    index('occurrences_of_error').on(table.errorId, table.id.desc()),
    index('occurrences_of_request').on(table.requestId),
  ],
)
