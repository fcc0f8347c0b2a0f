import { z } from '@hono/zod-openapi'

/** An address as it is stored and compared: trimmed and in lower case. */
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email())
  .openapi({ type: 'string', format: 'email', example: 'ada@example.com' })

export const PersonName = z.string().trim().min(1).max(100).openapi({ example: 'Ada' })
