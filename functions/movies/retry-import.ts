import { createRoute, z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'
import { secured } from '#shared/identity.ts'
import { newId } from '#shared/ids.ts'
import { problems } from '#shared/problem.ts'
import { findImport } from './find-import.ts'
import { ImportView } from './import-view.ts'
import type { MoviesApp } from './services.ts'
import { wakeEmbedding } from './wake-embedding.ts'

const retryImport = createRoute({
  operationId: 'retryImport',
  method: 'post',
  path: '/movies/imports/{import_id}/retry',
  tags: ['Administration'],
  summary: 'Have the films of a delivery read that could not be',
  ...secured('admin'),
  request: { params: z.object({ import_id: z.string().max(100) }) },
  responses: {
    202: {
      description: 'The delivery; its failed films wait again',
      content: { 'application/json': { schema: ImportView } },
    },
    ...problems(401, 403, 404, 422),
  },
})

export function registerRetryImport(app: MoviesApp) {
  app.openapi(retryImport, async (c) => {
    const ctx = c.get('ctx')
    const { id } = await findImport(ctx, c.req.valid('param').import_id)
    await retryFailed(ctx, id)
    ctx.defer(wakeEmbedding(ctx, newId('lease')))
    return c.json(await findImport(ctx, id), 202)
  })
}

/** For the encoder that is being filled, too. Where none failed, nothing changes. */
async function retryFailed({ db }: Pick<Context, 'db'>, importId: string): Promise<void> {
  await db.execute(sql`
    with retried as (
      update film_embeddings set state = 'waiting', attempts = 0, lease_expires_at = null, updated_at = now()
      where state = 'failed' and film_id in (select film_id from film_import_items where import_id = ${importId})
      returning film_id
    )
    update film_imports set done = null, failed = null, finished_at = null
    where id = ${importId} and exists (select from retried)`)
}
