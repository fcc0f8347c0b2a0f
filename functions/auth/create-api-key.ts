import { createHmac } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import { and, eq } from 'drizzle-orm'
import { apiKeys } from '#db/schema/users.ts'
import type { UserContext } from '#shared/context.ts'
import { sha256Hex } from '#shared/hash.ts'
import { type Idempotency, idempotencyHeader, idempotencyOf, makeOnce } from '#shared/idempotency.ts'
import { apiKeyPrefix, secured } from '#shared/identity.ts'
import { newId } from '#shared/ids.ts'
import { problems } from '#shared/problem.ts'
import { ApiKeyView, toApiKeyView } from './api-key-view.ts'
import type { AuthApp, AuthServices } from './services.ts'

const NewKey = ApiKeyView.extend({ secret: z.string().openapi({ description: 'Shown this once and never again' }) })

const createApiKey = createRoute({
  operationId: 'createApiKey',
  method: 'post',
  path: '/api_keys',
  tags: ['API keys'],
  summary: 'Make an API key',
  description: 'Each call makes another key, unless it repeats the `Idempotency-Key` of one before.',
  ...secured(),
  request: {
    headers: idempotencyHeader,
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

export function registerCreateApiKey(app: AuthApp) {
  app.openapi(createApiKey, async (c) => {
    const ctx = c.get('ctx')
    const { name } = c.req.valid('json')
    const idempotency = idempotencyOf(c.req.valid('header')['idempotency-key'], 'createApiKey', name)
    const secret = newSecret(ctx, idempotency)
    const { row: key, replayed } = await makeOnce(idempotency, {
      make: () => insertKey(ctx, { name, secret, idempotency }),
      find: (idempotencyKey) => findKey(ctx, idempotencyKey),
    })
    if (replayed) c.header('idempotent-replayed', 'true')
    ctx.log('info', 'api_key_created', { key_id: key.id })
    c.header('cache-control', 'no-store')
    return c.json({ ...toApiKeyView(key), secret }, 201)
  })
}

const secretBytes = 32
const hintLength = apiKeyPrefix.length + 4

/** Random; or, since only its hash is kept, made from the caller's key, so that a retry shows the same secret again. */
function newSecret(
  { actor, passwordPepper }: UserContext & AuthServices,
  idempotency: Idempotency | undefined,
): string {
  const bytes = idempotency
    ? createHmac('sha256', passwordPepper).update(`api key of ${actor.userId}: ${idempotency.key}`).digest()
    : Buffer.from(crypto.getRandomValues(new Uint8Array(secretBytes)))
  return apiKeyPrefix + bytes.toString('base64url')
}

interface NewApiKey {
  name: string
  secret: string
  idempotency: Idempotency | undefined
}

async function insertKey({ db, actor }: UserContext, { name, secret, idempotency }: NewApiKey) {
  const [key] = await db
    .insert(apiKeys)
    .values({
      id: newId('key'),
      userId: actor.userId,
      name,
      secretHash: sha256Hex(secret),
      hint: secret.slice(0, hintLength),
      idempotencyKey: idempotency?.key,
      requestHash: idempotency?.requestHash,
    })
    .returning()
  if (!key) throw new Error('an insert returned no row')
  return key
}

async function findKey({ db, actor }: UserContext, idempotencyKey: string) {
  const [key] = await db
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.userId, actor.userId), eq(apiKeys.idempotencyKey, idempotencyKey)))
  return key
}
