import { createRoute, z } from '@hono/zod-openapi'
import { and, desc, eq, gte, inArray, lt } from 'drizzle-orm'
import { jobStatuses, jobs } from '#db/schema/jobs.ts'
import { secured } from '#shared/identity.ts'
import { idPattern } from '#shared/ids.ts'
import { decodeCursor, MomentQuery, pageQuery, toPage } from '#shared/pages.ts'
import { problems } from '#shared/problem.ts'
import { contains } from '#shared/text-search.ts'
import { JobView, toJobView } from './job-view.ts'
import type { PredictApp } from './services.ts'

const statusList = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(jobStatuses)).max(jobStatuses.length))
  .openapi({ type: 'string', description: 'One status, or several with commas between', example: 'queued,running' })

const Query = z.object({
  ...pageQuery,
  status: statusList.optional(),
  model_name: z.string().max(64).optional().openapi({ example: 'random_forest' }),
  created_from: MomentQuery.optional().openapi({ example: '2026-01-01T00:00:00Z' }),
  created_before: MomentQuery.optional().openapi({ example: '2100-01-01T00:00:00+01:00' }),
  search: z
    .string()
    .trim()
    .max(200)
    .optional()
    .openapi({ description: 'A part of the id, of the model’s name, or of the input', example: 'toyota' }),
  expand: z
    .enum(['true', 'false'])
    .default('false')
    .openapi({ description: '`true` adds the whole jobs', example: 'true' }),
})

const History = z.object({
  job_ids: z.array(z.string()),
  jobs: z.array(JobView).optional(),
  next_cursor: z.string().nullable(),
})

const listPredictions = createRoute({
  operationId: 'listPredictions',
  method: 'get',
  path: '/history',
  tags: ['Predictions'],
  summary: 'Your jobs, newest first',
  ...secured(),
  request: { query: Query },
  responses: {
    200: { description: 'A page of jobs', content: { 'application/json': { schema: History } } },
    ...problems(401, 422),
  },
})

export function registerListPredictions(app: PredictApp) {
  app.openapi(listPredictions, async (c) => {
    const { db, actor } = c.get('ctx')
    const { cursor, limit, expand, ...filter } = c.req.valid('query')
    const where = and(eq(jobs.userId, actor.userId), ...conditions(filter, decodeCursor(cursor, idPattern('job'))))
    const newestFirst = desc(jobs.id)
    if (expand === 'false') {
      const ids = await db
        .select({ id: jobs.id })
        .from(jobs)
        .where(where)
        .orderBy(newestFirst)
        .limit(limit + 1)
      const { items, next_cursor } = toPage(ids, limit)
      return c.json({ job_ids: items.map(({ id }) => id), next_cursor }, 200)
    }
    const rows = await db
      .select()
      .from(jobs)
      .where(where)
      .orderBy(newestFirst)
      .limit(limit + 1)
    const { items, next_cursor } = toPage(rows, limit)
    return c.json({ job_ids: items.map(({ id }) => id), jobs: items.map(toJobView), next_cursor }, 200)
  })
}

function conditions(filter: Partial<z.infer<typeof Query>>, before: string | undefined) {
  return [
    filter.status && inArray(jobs.status, filter.status),
    filter.model_name !== undefined ? eq(jobs.predictorName, filter.model_name) : undefined,
    filter.created_from ? gte(jobs.createdAt, new Date(filter.created_from)) : undefined,
    filter.created_before ? lt(jobs.createdAt, new Date(filter.created_before)) : undefined,
    contains(filter.search, jobs.id, jobs.predictorName, jobs.input),
    before ? lt(jobs.id, before) : undefined,
  ]
}
