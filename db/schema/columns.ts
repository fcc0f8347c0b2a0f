import { sql } from 'drizzle-orm'
import { customType, text, timestamp } from 'drizzle-orm/pg-core'

/** A point in time with its zone, read back as a `Date`. */
export const moment = (name: string) => timestamp(name, { withTimezone: true })

/** When the row was made, by the database's clock: the only clock that money and jobs trust. */
export const createdAt = () => moment('created_at').notNull().defaultNow()

/** A primary key such as `entry_0193...`, sortable by time, made by the database where one statement inserts many rows. */
export const generatedId = (prefix: string) =>
  text('id')
    .primaryKey()
    .default(sql.raw(`'${prefix}_' || replace(uuidv7()::text, '-', '')`))

/** A 64-bit transaction number, which never comes round again. */
export const transactionNumber = customType<{ data: string }>({ dataType: () => 'xid8' })

/** What a POST came with that may be sent again: the same key with the same request gives the same row. */
export const idempotencyColumns = () => ({
  idempotencyKey: text('idempotency_key'),
  /** SHA-256 of the request that the key came with: the same key with another request is refused. */
  requestHash: text('request_hash'),
})
