import { createRoute, z } from '@hono/zod-openapi'
import { eq, sql } from 'drizzle-orm'
import { errorGroups } from '#db/schema/operations.ts'
import { secured } from '#shared/identity.ts'
import { NotFound, problems } from '#shared/problem.ts'
import { assertErrorId, ErrorView, errorParams, errorStates, toErrorView } from './error-view.ts'
import type { MetricsApp } from './services.ts'

const changeError = createRoute({
  operationId: 'changeError',
  method: 'patch',
  path: '/errors/{error_id}',
  tags: ['Operation'],
  summary: 'Mark an error as resolved, or as open again',
  description: 'A resolved error that occurs again is open again.',
  ...secured('admin'),
  request: {
    params: errorParams,
    body: {
      required: true,
      content: {
        'application/json': { schema: z.object({ state: z.enum(errorStates).openapi({ example: 'resolved' }) }) },
      },
    },
  },
  responses: {
    200: { description: 'The error as it is now', content: { 'application/json': { schema: ErrorView } } },
    ...problems(401, 403, 404, 422),
  },
})

export function registerChangeError(app: MetricsApp) {
  app.openapi(changeError, async (c) => {
    const { db, actor, log } = c.get('ctx')
    const { error_id } = c.req.valid('param')
    const { state } = c.req.valid('json')
    assertErrorId(error_id)
    // Resolved twice is resolved when it was resolved first.
    const resolvedAt = state === 'resolved' ? sql`coalesce(${errorGroups.resolvedAt}, now())` : null
    const [row] = await db.update(errorGroups).set({ resolvedAt }).where(eq(errorGroups.id, error_id)).returning()
    if (!row) throw new NotFound('error')
    log('info', 'error_changed', { error_id, state, by: actor.userId })
    return c.json(toErrorView(row), 200)
  })
}
