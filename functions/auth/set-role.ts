import { createRoute, z } from '@hono/zod-openapi'
import { eq } from 'drizzle-orm'
import { roles, users } from '#db/schema/users.ts'
import { secured } from '#shared/identity.ts'
import { idPattern } from '#shared/ids.ts'
import { NotFound, problems } from '#shared/problem.ts'
import type { AuthApp } from './services.ts'
import { toUserView, UserView } from './user-view.ts'

const setRole = createRoute({
  operationId: 'setRole',
  method: 'put',
  path: '/users/{user_id}/role',
  tags: ['Administration'],
  summary: 'Give a user another role',
  description: 'It counts from the next sign-in; API keys follow at once.',
  ...secured('admin'),
  request: {
    params: z.object({ user_id: z.string().max(100) }),
    body: {
      required: true,
      content: { 'application/json': { schema: z.object({ role: z.enum(roles).openapi({ example: 'expert' }) }) } },
    },
  },
  responses: {
    200: { description: 'The user', content: { 'application/json': { schema: UserView } } },
    ...problems(400, 401, 403, 404, 422),
  },
})

export function registerSetRole(app: AuthApp) {
  app.openapi(setRole, async (c) => {
    const { db, actor, log } = c.get('ctx')
    const { role } = c.req.valid('json')
    const { user_id } = c.req.valid('param')
    if (!idPattern('user').test(user_id)) throw new NotFound('user')
    const [user] = await db.update(users).set({ role }).where(eq(users.id, user_id)).returning()
    if (!user) throw new NotFound('user')
    log('info', 'role_changed', { user_id: user.id, role, by: actor.userId })
    return c.json(toUserView(user), 200)
  })
}
