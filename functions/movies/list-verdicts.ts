import { createRoute, z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { UserContext } from '#shared/context.ts'
import { secured } from '#shared/identity.ts'
import { pageOf, pageQuery } from '#shared/pages.ts'
import { problems } from '#shared/problem.ts'
import { FilmRow, FilmView, filmColumns, toFilmView } from './film-view.ts'
import type { MoviesApp } from './services.ts'
import { isOlder, madeAt, toDatedPage } from './time-pages.ts'

const Query = z.object({
  ...pageQuery,
  verdict: z.enum(['like', 'dislike']).optional().openapi({ description: 'Absent: both', example: 'like' }),
})

const listVerdicts = createRoute({
  operationId: 'listVerdicts',
  method: 'get',
  path: '/movies/verdicts',
  tags: ['Films'],
  summary: 'Films that you like or dislike',
  ...secured(),
  request: { query: Query },
  responses: {
    200: {
      description: 'A page of films, the newest verdict first',
      content: { 'application/json': { schema: pageOf(FilmView) } },
    },
    ...problems(401, 422),
  },
})

export function registerListVerdicts(app: MoviesApp) {
  app.openapi(listVerdicts, async (c) => {
    const { limit, ...query } = c.req.valid('query')
    const { items, next_cursor } = toDatedPage(await readVerdicts(c.get('ctx'), { ...query, limit }), limit)
    return c.json({ items: items.map(({ made_us: _, ...film }) => toFilmView(film)), next_cursor }, 200)
  })
}

const JudgedFilm = FilmRow.extend({ made_us: z.string() })

/** One film more than the page has, where there is one. */
export async function readVerdicts(
  { db, actor }: Pick<UserContext, 'db' | 'actor'>,
  { cursor, limit, verdict }: Pick<z.infer<typeof Query>, 'cursor' | 'limit' | 'verdict'>,
) {
  const { rows } = await db.execute(sql`
    select ${filmColumns}, judged.verdict, ${madeAt(sql`judged.created_at`)}
    from film_verdicts as judged join films as film on film.id = judged.film_id
    where judged.user_id = ${actor.userId} and ${isOlder(cursor, sql`judged.created_at`, sql`judged.film_id`)}
      and ${verdict === undefined ? sql`true` : sql`judged.verdict = ${verdict === 'like' ? 1 : -1}`}
    order by judged.created_at desc, judged.film_id desc limit ${limit + 1}`)
  return z.array(JudgedFilm).parse(rows)
}
