import { createRoute } from '@hono/zod-openapi'
import { callerAddress } from '#shared/caller-address.ts'
import { problems } from '#shared/problem.ts'
import { authenticate } from './authenticate.ts'
import type { AuthApp } from './services.ts'
import { notFromElsewhere, SessionView, startSession } from './session-view.ts'
import { SignIn } from './sign-in.ts'

const openSession = createRoute({
  operationId: 'openSession',
  method: 'post',
  path: '/session',
  tags: ['Accounts'],
  summary: 'Sign in with a browser',
  description: `The token comes as a cookie that no script can read. It counts only for requests from pages of this origin,
and not where there is an \`Authorization\`.`,
  middleware: notFromElsewhere,
  request: { body: { required: true, content: { 'application/json': { schema: SignIn } } } },
  responses: {
    200: { description: 'Signed in', content: { 'application/json': { schema: SessionView } } },
    ...problems(400, 401, 403, 422, 429),
  },
})

export function registerOpenSession(app: AuthApp) {
  app.openapi(openSession, async (c) => {
    const ctx = c.get('ctx')
    const user = await authenticate(ctx, callerAddress(c), c.req.valid('json'))
    return c.json(startSession(c, await ctx.tokens.issue(user, ctx.clock.now()), user), 200)
  })
}
