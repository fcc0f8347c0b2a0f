import { createRoute, z } from '@hono/zod-openapi'
import { Problem, problems } from '#shared/problem.ts'
import { queueSecurity } from '#shared/queue.ts'
import { hasDueFilms } from './claim-films.ts'
import { embedBatch } from './embed-batch.ts'
import { finishImports } from './finish-imports.ts'
import { embedMessage, linkFields } from './messages.ts'
import type { MoviesApp } from './services.ts'
import { switchEncoder } from './switch-encoder.ts'

const embedFilms = createRoute({
  operationId: 'embedFilms',
  method: 'post',
  path: '/movies/embed',
  tags: ['Queue'],
  summary: 'Have an encoder read some films (called by the queue, signed)',
  security: queueSecurity,
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({
            encoder_id: z.string().max(100).openapi({ example: 'all-minilm-l6-v2@000000000000' }),
            ...linkFields,
          }),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'What became of it',
      content: { 'application/json': { schema: z.object({ outcome: z.string() }) } },
    },
    ...problems(400, 401, 422, 503),
  },
})

export function registerEmbedFilms(app: MoviesApp) {
  app.openapi(embedFilms, async (c) => {
    const ctx = c.get('ctx')
    const { encoder_id, run, batch } = c.req.valid('json')
    const encoder = (await ctx.encoders.list()).find(({ id }) => id === encoder_id)
    if (!encoder) return c.json({ outcome: 'not_offered' }, 200)
    const embedded = await embedBatch(ctx, encoder)
    if (embedded.kind === 'busy') return c.json({ outcome: 'busy' }, 200)
    // Where none succeeds it is the encoder that is out of order: the queue asks again, later and later.
    if (embedded.kind === 'embedded' && embedded.failed === embedded.films) throw new Problem('unavailable')
    if (await hasDueFilms(ctx, encoder_id)) {
      await ctx.queue.publish([embedMessage(encoder_id, run, batch + 1)])
      return c.json({ outcome: 'goes_on' }, 200)
    }
    await switchEncoder(ctx)
    await finishImports(ctx)
    return c.json({ outcome: 'ended' }, 200)
  })
}
