import { createRoute, z } from '@hono/zod-openapi'
import { desc, eq } from 'drizzle-orm'
import { errorGroups, errorOccurrences } from '#db/schema/operations.ts'
import { secured } from '#shared/identity.ts'
import { NotFound, problems } from '#shared/problem.ts'
import { assertErrorId, ErrorView, errorParams, toErrorView } from './error-view.ts'
import type { MetricsApp } from './services.ts'

const shownOccurrences = 20

export const ErrorDetail = ErrorView.extend({
  stack: z.string().nullable().openapi({ description: 'The calls of the last occurrence, one a line' }),
  recent: z
    .array(
      z.object({
        request_id: z.string(),
        path: z.string().nullable(),
        user_id: z.string().nullable(),
        created_at: z.iso.datetime(),
      }),
    )
    .openapi({ description: `The last ${shownOccurrences} occurrences, newest first` }),
}).openapi('ErrorDetail')

const getError = createRoute({
  operationId: 'getError',
  method: 'get',
  path: '/errors/{error_id}',
  tags: ['Operation'],
  summary: 'An error of ours, with its stack and the requests that met it',
  ...secured('admin'),
  request: { params: errorParams },
  responses: {
    200: { description: 'The error', content: { 'application/json': { schema: ErrorDetail } } },
    ...problems(401, 403, 404, 422),
  },
})

export function registerGetError(app: MetricsApp) {
  app.openapi(getError, async (c) => {
    const { db } = c.get('ctx')
    const { error_id } = c.req.valid('param')
    assertErrorId(error_id)
    const [[row], occurrences] = await Promise.all([
      db.select().from(errorGroups).where(eq(errorGroups.id, error_id)),
      db
        .select()
        .from(errorOccurrences)
        .where(eq(errorOccurrences.errorId, error_id))
        .orderBy(desc(errorOccurrences.id))
        .limit(shownOccurrences),
    ])
    if (!row) throw new NotFound('error')
    const recent = occurrences.map(({ requestId, path, userId, createdAt }) => ({
      request_id: requestId,
      path,
      user_id: userId,
      created_at: createdAt.toISOString(),
    }))
    c.header('cache-control', 'no-store')
    return c.json({ ...toErrorView(row), stack: row.stack, recent }, 200)
  })
}
