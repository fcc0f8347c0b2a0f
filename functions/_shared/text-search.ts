import { or, type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'

/** Whether one of the columns, written as text, contains these words, in upper or lower case; every row for none. */
export function contains(words: string | undefined, ...columns: readonly AnyPgColumn[]): SQL | undefined {
  if (!words) return undefined
  const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`
  return or(...columns.map((column) => sql`${column}::text ilike ${pattern}`))
}
