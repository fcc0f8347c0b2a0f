import { createRoute, z } from '@hono/zod-openapi'
import { callerAddress } from '#shared/caller-address.ts'
import { tokenLifetimeSeconds } from '#shared/identity.ts'
import { Problem, problems } from '#shared/problem.ts'
import { checkCredentials } from './check-credentials.ts'
import { Email } from './credentials.ts'
import type { AuthApp } from './services.ts'

const SignIn = z.object({
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
      const credentials = c.req.valid('json')
      const attempt = await ctx.limits.signIn(callerAddress(c), credentials.email)
      const user = await checkCredentials(ctx, credentials).catch(async (error: unknown) => {
        if (error instanceof Problem && error.code === 'wrong_credentials') await attempt.failed()
        throw error
      })
      const token = await ctx.tokens.issue(user)
      ctx.log('info', 'user_signed_in', { user_id: user.id })
      c.header('cache-control', 'no-store')
      const { name, email } = user
      return c.json(
        { access_token: token, token_type: 'bearer', expires_in: tokenLifetimeSeconds, name, email } as const,
        200,
      )
    })
  }
}
