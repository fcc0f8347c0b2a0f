import { createRoute, z } from '@hono/zod-openapi'
import { callerAddress } from '#shared/caller-address.ts'
import { InvalidRequest, problems } from '#shared/problem.ts'
import { assertNotRegistered, createUser } from './create-user.ts'
import { Email, PersonName } from './credentials.ts'
import { hashPassword } from './password.ts'
import { passwordWeakness } from './password-strength.ts'
import type { AuthApp } from './services.ts'

const SignUp = z.object({
  name: PersonName,
  email: Email,
  password: z.string().max(200).openapi({ example: 'a long walk home', format: 'password' }),
})

const signUp = (path: string, operationId: string) =>
  createRoute({
    operationId,
    method: 'post',
    path,
    tags: ['Accounts'],
    summary: 'Make an account',
    request: { body: { required: true, content: { 'application/json': { schema: SignUp } } } },
    responses: {
      201: {
        description: 'Registered; sign in next',
        content: { 'application/json': { schema: z.object({ name: z.string(), email: z.string() }) } },
      },
      ...problems(400, 409, 422, 429),
    },
  })

export function registerSignUp(app: AuthApp) {
  for (const route of [signUp('/sign_up', 'signUp'), signUp('/users/register', 'registerUser')]) {
    app.openapi(route, async (c) => {
      const ctx = c.get('ctx')
      const { name, email, password } = c.req.valid('json')
      const weakness = passwordWeakness(password, { name, email })
      if (weakness) throw new InvalidRequest([{ pointer: '/password', code: 'weak_password', message: weakness }])
      await ctx.limits.signUp(callerAddress(c))
      await assertNotRegistered(ctx, email)
      await createUser(ctx, { name, email, passwordHash: await hashPassword(password, ctx.passwordPepper) })
      ctx.log('info', 'user_registered')
      return c.json({ name, email }, 201)
    })
  }
}
