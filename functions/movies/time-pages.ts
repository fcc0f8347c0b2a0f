import { type SQL, sql } from 'drizzle-orm'
import { decodeCursor, encodeCursor } from '#shared/pages.ts'

/** Of a row that is listed newest first: when it was made, in microseconds, and its id. */
export interface Dated {
  id: string
  made_us: string
}

/** Selects what `Dated` needs, from a column with a time. */
export function madeAt(column: SQL): SQL {
  return sql`(extract(epoch from ${column}) * 1000000)::bigint::text as made_us`
}

/** Whether a row comes after the page that a cursor ends. */
export function isOlder(cursor: string | undefined, column: SQL, id: SQL): SQL {
  const text = decodeCursor(cursor, /^\d{1,17} [a-z]+_[0-9a-f]{32}$/)
  if (text === undefined) return sql`true`
  const [madeUs, lastId] = text.split(' ')
  return sql`(${column}, ${id}) < (timestamptz 'epoch' + ${madeUs}::bigint * interval '1 microsecond', ${lastId})`
}

/** Splits off the row that was fetched beyond the page. */
export function toDatedPage<T extends Dated>(rows: T[], limit: number): { items: T[]; next_cursor: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next_cursor: rows.length > limit && last ? encodeCursor(`${last.made_us} ${last.id}`) : null }
}
