import { createRoute, z } from '@hono/zod-openapi'
import { and, eq, sql } from 'drizzle-orm'
import { apiKeys } from '#db/schema/users.ts'
import { secured } from '#shared/identity.ts'
import { NotFound, problems } from '#shared/problem.ts'
import { ApiKeyView, toApiKeyView } from './api-key-view.ts'
import type { AuthApp } from './services.ts'

const revokeApiKey = createRoute({
  operationId: 'revokeApiKey',
  method: 'delete',
  path: '/api_keys/{key_id}',
  tags: ['API keys'],
  summary: 'Revoke an API key, at once and for ever',
  ...secured(),
  request: { params: z.object({ key_id: z.string().regex(/^key_[0-9a-f]{32}$/) }) },
  responses: {
    200: { description: 'Revoked, now or before', content: { 'application/json': { schema: ApiKeyView } } },
    ...problems(401, 404, 422),
  },
})

export function registerRevokeApiKey(app: AuthApp) {
  app.openapi(revokeApiKey, async (c) => {
    const { db, actor, log } = c.get('ctx')
    const [key] = await db
      .update(apiKeys)
      .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, now())` })
      .where(and(eq(apiKeys.id, c.req.valid('param').key_id), eq(apiKeys.userId, actor.userId)))
      .returning()
    if (!key) throw new NotFound('API key')
    log('info', 'api_key_revoked', { key_id: key.id })
    return c.json(toApiKeyView(key), 200)
  })
}
