import { z } from '@hono/zod-openapi'
import type { apiKeys } from '#db/schema/users.ts'

export const ApiKeyView = z
  .object({
    id: z.string(),
    name: z.string(),
    hint: z.string().openapi({ description: 'How the secret begins' }),
    created_at: z.iso.datetime(),
    revoked_at: z.iso.datetime().nullable(),
  })
  .openapi('ApiKey')

export function toApiKeyView(row: typeof apiKeys.$inferSelect): z.infer<typeof ApiKeyView> {
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    created_at: row.createdAt.toISOString(),
    revoked_at: row.revokedAt?.toISOString() ?? null,
  }
}
