import { createRoute, z } from '@hono/zod-openapi'
import { apiKeys } from '#db/schema/users.ts'
import { sha256Hex } from '#shared/hash.ts'
import { apiKeyPrefix, secured } from '#shared/identity.ts'
import { newId } from '#shared/ids.ts'
import { problems } from '#shared/problem.ts'
import { ApiKeyView, toApiKeyView } from './api-key-view.ts'
import type { AuthApp } from './services.ts'

const NewKey = ApiKeyView.extend({ secret: z.string().openapi({ description: 'Shown this once and never again' }) })

const createApiKey = createRoute({
  operationId: 'createApiKey',
  method: 'post',
  path: '/api_keys',
  tags: ['API keys'],
  summary: 'Make an API key',
  description: 'Each call makes another key: a retry after a lost answer leaves a spare one, to be revoked.',
  ...secured(),
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({ name: z.string().trim().min(1).max(100).openapi({ example: 'CI' }) }),
        },
      },
    },
  },
  responses: {
    201: { description: 'Keep the secret', content: { 'application/json': { schema: NewKey } } },
    ...problems(400, 401, 422),
  },
})

const secretBytes = 32
const hintLength = apiKeyPrefix.length + 4

export function registerCreateApiKey(app: AuthApp) {
  app.openapi(createApiKey, async (c) => {
    const { db, actor, log } = c.get('ctx')
    const { name } = c.req.valid('json')
    const secret = apiKeyPrefix + Buffer.from(crypto.getRandomValues(new Uint8Array(secretBytes))).toString('base64url')
    const [key] = await db
      .insert(apiKeys)
      .values({
        id: newId('key'),
        userId: actor.userId,
        name,
        secretHash: sha256Hex(secret),
        hint: secret.slice(0, hintLength),
      })
      .returning()
    if (!key) throw new Error('an insert returned no row')
    log('info', 'api_key_created', { key_id: key.id })
    c.header('cache-control', 'no-store')
    return c.json({ ...toApiKeyView(key), secret }, 201)
  })
}
