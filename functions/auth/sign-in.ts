import { createRoute, z } from '@hono/zod-openapi'
import { callerAddress } from '#shared/caller-address.ts'
import { tokenLifetimeSeconds } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import { authenticate } from './authenticate.ts'
import { Email } from './credentials.ts'
import type { AuthApp } from './services.ts'

export const SignIn = z.object({
  email: Email.openapi({ example: 'user@demo.local' }),
  password: z.string().max(200).openapi({ example: 'auspex-demo-1', format: 'password' }),
})

const SignedIn = z.object({
  access_token: z.string(),
  token_type: z.literal('bearer'),
  expires_in: z.number().int().openapi({ description: 'Seconds' }),
  name: z.string(),
  email: z.string(),
})

const signIn = (path: string, operationId: string) =>
  createRoute({
    operationId,
    method: 'post',
    path,
    tags: ['Accounts'],
    summary: 'Get a token for half an hour',
    request: { body: { required: true, content: { 'application/json': { schema: SignIn } } } },
    responses: {
      200: {
        description: 'Send it as `Authorization: Bearer ...`',
        content: { 'application/json': { schema: SignedIn } },
      },
      ...problems(400, 401, 422, 429),
    },
  })

export function registerSignIn(app: AuthApp) {
  for (const route of [signIn('/sign_in', 'signIn'), signIn('/users/login', 'logIn')]) {
    app.openapi(route, async (c) => {
      const ctx = c.get('ctx')
      const { id, role, name, email } = await authenticate(ctx, callerAddress(c), c.req.valid('json'))
      const token = await ctx.tokens.issue({ id, role })
      c.header('cache-control', 'no-store')
      return c.json(
        { access_token: token, token_type: 'bearer', expires_in: tokenLifetimeSeconds, name, email } as const,
        200,
      )
    })
  }
}
