import { createRoute, z } from '@hono/zod-openapi'
import { idPattern } from '#shared/ids.ts'
import { problems } from '#shared/problem.ts'
import { queueSecurity } from '#shared/queue.ts'
import { linkFields, storeMessage } from './messages.ts'
import type { MoviesApp } from './services.ts'
import { storeFilms } from './store-films.ts'
import { wakeEmbedding } from './wake-embedding.ts'

/** Films a callback: one statement of a tenth of a second or so, which others wait for where there is one session. */
const batchSize = 100

const storeImport = createRoute({
  operationId: 'storeImport',
  method: 'post',
  path: '/movies/store',
  tags: ['Queue'],
  summary: 'Store some films of a delivery (called by the queue, signed)',
  security: queueSecurity,
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({
            import_id: z.string().regex(idPattern('import')),
            ...linkFields,
          }),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'How many were stored now',
      content: { 'application/json': { schema: z.object({ stored: z.number().int() }) } },
    },
    ...problems(400, 401, 422, 503),
  },
})

export function registerStoreImport(app: MoviesApp) {
  app.openapi(storeImport, async (c) => {
    const ctx = c.get('ctx')
    const { import_id, run, batch } = c.req.valid('json')
    const stored = await storeFilms(ctx, import_id, batchSize)
    if (stored === batchSize) await ctx.queue.publish([storeMessage(import_id, run, batch + 1)])
    // The first ones are read while the others are being stored.
    if (stored > 0) ctx.defer(wakeEmbedding(ctx, `${import_id}-${run}-${batch}`))
    return c.json({ stored }, 200)
  })
}
