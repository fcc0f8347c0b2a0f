import { createRoute, z } from '@hono/zod-openapi'
import { and, desc, eq, getTableColumns, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { errorGroups, errorOccurrences } from '#db/schema/operations.ts'
import { isOlder, madeAt, toDatedPage } from '#functions/movies/time-pages.ts'
import { secured } from '#shared/identity.ts'
import { pageOf, pageQuery } from '#shared/pages.ts'
import { problems } from '#shared/problem.ts'
import { contains } from '#shared/text-search.ts'
import { ErrorView, errorStates, toErrorView } from './error-view.ts'
import type { MetricsApp } from './services.ts'

const listErrors = createRoute({
  operationId: 'listErrors',
  method: 'get',
  path: '/errors',
  tags: ['Operation'],
  summary: 'Errors of ours by kind, the latest first',
  description:
    'Answers of 5xx, failed work after an answer, and failed crons. The `request_id` of a problem, as `search`, finds its error.',
  ...secured('admin'),
  request: {
    query: z.object({
      ...pageQuery,
      search: z.string().trim().max(200).optional().openapi({
        description: 'Id of a request or an error, or a part of message, event or function',
        example: 'timeout',
      }),
      state: z.enum(errorStates).optional().openapi({ example: 'open' }),
    }),
  },
  responses: {
    200: { description: 'A page of errors', content: { 'application/json': { schema: pageOf(ErrorView) } } },
    ...problems(401, 403, 422),
  },
})

const { stack: _, ...columns } = getTableColumns(errorGroups)
const lastSeen = sql`${errorGroups.lastSeenAt}`

export function registerListErrors(app: MetricsApp) {
  app.openapi(listErrors, async (c) => {
    const { db } = c.get('ctx')
    const { cursor, limit, search, state } = c.req.valid('query')
    const rows = await db
      .select({ ...columns, made_us: sql<string>`${madeAt(lastSeen)}` })
      .from(errorGroups)
      .where(
        and(
          matches(db, search),
          state && (state === 'open' ? isNull(errorGroups.resolvedAt) : isNotNull(errorGroups.resolvedAt)),
          isOlder(cursor, lastSeen, sql`${errorGroups.id}`),
        ),
      )
      .orderBy(desc(errorGroups.lastSeenAt), desc(errorGroups.id))
      .limit(limit + 1)
    const { items, next_cursor } = toDatedPage(rows, limit)
    c.header('cache-control', 'no-store')
    return c.json({ items: items.map(toErrorView), next_cursor }, 200)
  })
}

function matches(db: Database, search: string | undefined) {
  if (!search) return undefined
  const { errorId, requestId } = errorOccurrences
  return or(
    eq(errorGroups.id, search),
    inArray(errorGroups.id, db.select({ errorId }).from(errorOccurrences).where(eq(requestId, search))),
    contains(search, errorGroups.message, errorGroups.event, errorGroups.functionName),
  )
}
