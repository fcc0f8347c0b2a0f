import { createRoute, z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { secured } from '#shared/identity.ts'
import { idPattern } from '#shared/ids.ts'
import { decodeCursor, pageOf, pageQuery, toPage } from '#shared/pages.ts'
import { problems } from '#shared/problem.ts'
import { ImportRows, ImportView, importColumns, progressOfRunning, toImportView } from './import-view.ts'
import type { MoviesApp } from './services.ts'

const listImports = createRoute({
  operationId: 'listImports',
  method: 'get',
  path: '/movies/imports',
  tags: ['Administration'],
  summary: 'Deliveries of films, newest first',
  ...secured('admin'),
  request: { query: z.object(pageQuery) },
  responses: {
    200: { description: 'A page of deliveries', content: { 'application/json': { schema: pageOf(ImportView) } } },
    ...problems(401, 403, 422),
  },
})

export function registerListImports(app: MoviesApp) {
  app.openapi(listImports, async (c) => {
    const { db } = c.get('ctx')
    const { cursor, limit } = c.req.valid('query')
    const before = decodeCursor(cursor, idPattern('import'))
    const { rows } = await db.execute(sql`
      select ${importColumns} from (
        select * from film_imports ${before === undefined ? sql`` : sql`where id < ${before}`}
        order by id desc limit ${limit + 1}
      ) as import ${progressOfRunning} order by import.id desc`)
    const { items, next_cursor } = toPage(ImportRows.parse(rows), limit)
    return c.json({ items: items.map(toImportView), next_cursor }, 200)
  })
}
