import { z } from '@hono/zod-openapi'
import { InvalidRequest, type Problem } from './problem.ts'

/** Query parameters of every list. */
export const pageQuery = {
  cursor: z
    .string()
    .max(200)
    .optional()
    .openapi({ description: 'Where the page begins: `next_cursor` of the one before' }),
  limit: z.coerce.number().int().min(1).max(100).default(20).openapi({ description: 'How many at most', example: 50 }),
}

/** A point in time as a query names it, with its zone; in years that PostgreSQL and JavaScript write alike. */
export const MomentQuery = z.iso
  .datetime({ offset: true })
  .refine((text) => isCommonYear(new Date(text).getUTCFullYear()), 'must be in a year from 1 to 9999')

function isCommonYear(year: number): boolean {
  return year >= 1 && year <= 9999
}

/** The body of a page. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item), next_cursor: z.string().nullable() })
}

/** Cursors are opaque to callers, so that what they hold may change: today the last id of the page. */
export function encodeCursor(lastId: string): string {
  return btoa(lastId).replaceAll('=', '')
}

/** @param pattern what ids of this list look like: a cursor of another list, or an invented one, is refused */
export function decodeCursor(cursor: string | undefined, pattern: RegExp): string | undefined {
  if (cursor === undefined) return undefined
  try {
    const id = atob(cursor)
    if (pattern.test(id)) return id
  } catch {
    // not base64: refused below
  }
  throw unknownCursor()
}

export function unknownCursor(): Problem {
  const fault = { pointer: '/query/cursor', code: 'invalid_cursor', message: 'is not a cursor of this list' }
  return new InvalidRequest([fault])
}

/** Splits off the row that was fetched beyond the page to see whether there is another one. */
export function toPage<T extends { id: string }>(rows: T[], limit: number): { items: T[]; next_cursor: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next_cursor: rows.length > limit && last ? encodeCursor(last.id) : null }
}
