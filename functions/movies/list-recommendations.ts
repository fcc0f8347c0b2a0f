import { createRoute, z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { recommendationKinds } from '#db/schema/movies.ts'
import type { UserContext } from '#shared/context.ts'
import { secured } from '#shared/identity.ts'
import { pageOf, pageQuery } from '#shared/pages.ts'
import { problems } from '#shared/problem.ts'
import { costOf } from './read-recommendation.ts'
import type { MoviesApp } from './services.ts'
import { isOlder, madeAt, toDatedPage } from './time-pages.ts'

export const PastRecommendation = z
  .object({
    prediction_id: z.string(),
    kind: z.enum(recommendationKinds),
    query: z.string().nullable(),
    filters: z.record(z.string(), z.unknown()),
    cost: z.number().int(),
    result_count: z.number().int(),
    created_at: z.iso.datetime(),
  })
  .openapi('PastRecommendation')

const Query = z.object({
  ...pageQuery,
  kind: z.enum(recommendationKinds).optional().openapi({
    description: 'Absent: all. What was recommended without being asked for is kept, too',
    example: 'query',
  }),
})

const listRecommendations = createRoute({
  operationId: 'listRecommendations',
  method: 'get',
  path: '/recommendations/history',
  tags: ['Films'],
  summary: 'What you have searched for, and what was recommended to you',
  ...secured(),
  request: { query: Query },
  responses: {
    200: { description: 'Newest first', content: { 'application/json': { schema: pageOf(PastRecommendation) } } },
    ...problems(401, 422),
  },
})

export function registerListRecommendations(app: MoviesApp) {
  app.openapi(listRecommendations, async (c) => {
    const query = c.req.valid('query')
    const { items, next_cursor } = toDatedPage(await readHistory(c.get('ctx'), query), query.limit)
    return c.json(
      { items: items.map(({ id, made_us: _, ...row }) => ({ prediction_id: id, ...row })), next_cursor },
      200,
    )
  })
}

const Row = PastRecommendation.omit({ prediction_id: true }).extend({
  id: z.string(),
  made_us: z.string(),
  cost: z.coerce.number(),
  created_at: z.coerce.date().transform((at) => at.toISOString()),
})

/** One more than the page has, where there is one. */
export async function readHistory(
  { db, actor }: Pick<UserContext, 'db' | 'actor'>,
  { cursor, limit, kind }: Pick<z.infer<typeof Query>, 'cursor' | 'limit' | 'kind'>,
) {
  const { rows } = await db.execute(sql`
    select id, kind, query, filters, ${costOf} as cost, result_count, created_at, ${madeAt(sql`created_at`)}
    from recommendations
    where user_id = ${actor.userId} and ${isOlder(cursor, sql`created_at`, sql`id`)}
      and ${kind === undefined ? sql`true` : sql`kind = ${kind}`}
    order by created_at desc, id desc limit ${limit + 1}`)
  return z.array(Row).parse(rows)
}
