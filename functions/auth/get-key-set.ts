import { createRoute, z } from '@hono/zod-openapi'
import type { AuthApp } from './services.ts'

const KeySet = z.object({ keys: z.array(z.record(z.string(), z.unknown())) })

const getKeySet = createRoute({
  operationId: 'getKeySet',
  method: 'get',
  path: '/.well-known/jwks.json',
  tags: ['Accounts'],
  summary: 'The public keys that tokens are verified with',
  responses: { 200: { description: 'A JSON Web Key Set', content: { 'application/json': { schema: KeySet } } } },
})

export function registerGetKeySet(app: AuthApp) {
  app.openapi(getKeySet, (c) => {
    c.header('cache-control', 'public, max-age=300')
    return c.json(c.get('ctx').publicKeys, 200)
  })
}
