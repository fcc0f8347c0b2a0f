import { createRoute, z } from '@hono/zod-openapi'
import { and, desc, eq, lt } from 'drizzle-orm'
import { apiKeys } from '#db/schema/users.ts'
import { secured } from '#shared/identity.ts'
import { idPattern } from '#shared/ids.ts'
import { decodeCursor, pageOf, pageQuery, toPage } from '#shared/pages.ts'
import { problems } from '#shared/problem.ts'
import { ApiKeyView, toApiKeyView } from './api-key-view.ts'
import type { AuthApp } from './services.ts'

const listApiKeys = createRoute({
  operationId: 'listApiKeys',
  method: 'get',
  path: '/api_keys',
  tags: ['API keys'],
  summary: 'Your API keys, newest first',
  ...secured(),
  request: { query: z.object(pageQuery) },
  responses: {
    200: {
      description: 'Without their secrets',
      content: {
        'application/json': { schema: pageOf(ApiKeyView) },
      },
    },
    ...problems(401, 422),
  },
})

export function registerListApiKeys(app: AuthApp) {
  app.openapi(listApiKeys, async (c) => {
    const { db, actor } = c.get('ctx')
    const { cursor, limit } = c.req.valid('query')
    const before = decodeCursor(cursor, idPattern('key'))
    const rows = await db
      .select()
      .from(apiKeys)
      .where(and(eq(apiKeys.userId, actor.userId), before ? lt(apiKeys.id, before) : undefined))
      .orderBy(desc(apiKeys.id))
      .limit(limit + 1)
    const { items, next_cursor } = toPage(rows, limit)
    return c.json({ items: items.map(toApiKeyView), next_cursor }, 200)
  })
}
