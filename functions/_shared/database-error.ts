import { z } from '@hono/zod-openapi'

const Known = z.object({ code: z.string(), constraint: z.string().optional() })

/**
 * PostgreSQL's own error inside what drizzle or the driver threw: single statements wrap it in `cause`, batches do not.
 *
 * @returns SQLSTATE and the name of the violated constraint, or undefined for other errors
 */
export function databaseError(error: unknown): z.infer<typeof Known> | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const known = Known.safeParse(at)
    if (known.success && /^[0-9A-Z]{5}$/.test(known.data.code)) return known.data
  }
  return undefined
}

/** Whether a statement was aborted since a row with that key is there already. */
export function violates(error: unknown, constraint: string): boolean {
  const database = databaseError(error)
  return database?.code === '23505' && database.constraint === constraint
}
