import { createRoute, z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import { EncoderView, readEncoder } from './encoder-view.ts'
import { forgetEncoders, isFilling } from './forget-encoder.ts'
import type { MoviesApp } from './services.ts'

const stopReembedding = createRoute({
  operationId: 'stopReembedding',
  method: 'delete',
  path: '/encoders/{encoder_id}/reembedding',
  tags: ['Administration'],
  summary: 'Give up a re-embedding',
  description: 'What the encoder has made so far is deleted. One that is not being filled stays as it is.',
  ...secured('admin'),
  request: { params: z.object({ encoder_id: z.string().max(100) }) },
  responses: {
    200: { description: 'The encoder', content: { 'application/json': { schema: EncoderView } } },
    ...problems(401, 403, 404, 422, 503),
  },
})

export function registerStopReembedding(app: MoviesApp) {
  app.openapi(stopReembedding, async (c) => {
    const ctx = c.get('ctx')
    const { encoder_id } = c.req.valid('param')
    const { id, ...encoder } = await readEncoder(ctx, encoder_id)
    const stopped = await forgetEncoders(ctx, sql`${isFilling} and encoder_id = ${id}`)
    if (stopped === 0) return c.json({ id, ...encoder }, 200)
    ctx.log('info', 'reembedding_stopped', { encoder_id, by: ctx.actor.userId })
    return c.json({ id, ...encoder, state: 'available' as const, embedded: 0, failed: 0 }, 200)
  })
}
