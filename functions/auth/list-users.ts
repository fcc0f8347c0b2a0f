import { createRoute, z } from '@hono/zod-openapi'
import { and, desc, eq, lt } from 'drizzle-orm'
import { roles, users } from '#db/schema/users.ts'
import { secured } from '#shared/identity.ts'
import { idPattern } from '#shared/ids.ts'
import { decodeCursor, pageOf, pageQuery, toPage } from '#shared/pages.ts'
import { problems } from '#shared/problem.ts'
import { contains } from '#shared/text-search.ts'
import type { AuthApp } from './services.ts'
import { toUserView, UserView } from './user-view.ts'

const listUsers = createRoute({
  operationId: 'listUsers',
  method: 'get',
  path: '/users',
  tags: ['Administration'],
  summary: 'All users, newest first',
  ...secured('admin'),
  request: {
    query: z.object({
      ...pageQuery,
      email: z.string().max(254).optional().openapi({ description: 'A part of the address', example: '@example.com' }),
      search: z
        .string()
        .trim()
        .max(254)
        .optional()
        .openapi({ description: 'A part of name, address or id', example: 'ada' }),
      role: z.enum(roles).optional().openapi({ example: 'admin' }),
    }),
  },
  responses: {
    200: {
      description: 'A page of users',
      content: {
        'application/json': { schema: pageOf(UserView) },
      },
    },
    ...problems(401, 403, 422),
  },
})

export function registerListUsers(app: AuthApp) {
  app.openapi(listUsers, async (c) => {
    const { db } = c.get('ctx')
    const { cursor, limit, email, search, role } = c.req.valid('query')
    const before = decodeCursor(cursor, idPattern('user'))
    const rows = await db
      .select()
      .from(users)
      .where(
        and(
          contains(email, users.email),
          contains(search, users.name, users.email, users.id),
          role && eq(users.role, role),
          before ? lt(users.id, before) : undefined,
        ),
      )
      .orderBy(desc(users.id))
      .limit(limit + 1)
    const { items, next_cursor } = toPage(rows, limit)
    return c.json({ items: items.map(toUserView), next_cursor }, 200)
  })
}
