import { createRoute, z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { secured } from '#shared/identity.ts'
import { Problem, problems } from '#shared/problem.ts'
import { readEncoder } from './encoder-view.ts'
import { forgetEncoders, isRetiredForGood } from './forget-encoder.ts'
import type { MoviesApp } from './services.ts'

const deleteEncoder = createRoute({
  operationId: 'deleteEncoder',
  method: 'delete',
  path: '/encoders/{encoder_id}',
  tags: ['Administration'],
  summary: 'Delete what a retired encoder made',
  ...secured('admin'),
  request: { params: z.object({ encoder_id: z.string().max(100) }) },
  responses: {
    204: { description: 'Its vectors are gone' },
    ...problems(401, 403, 404, 409, 422, 503),
  },
})

export function registerDeleteEncoder(app: MoviesApp) {
  app.openapi(deleteEncoder, async (c) => {
    const ctx = c.get('ctx')
    const { id, state } = await readEncoder(ctx, c.req.valid('param').encoder_id)
    const forgotten = await forgetEncoders(ctx, sql`${isRetiredForGood} and encoder_id = ${id}`)
    if (forgotten === 0 && state !== 'available') throw new Problem('encoder_in_use')
    ctx.log('info', 'encoder_deleted', { encoder_id: id, by: ctx.actor.userId })
    return c.body(null, 204)
  })
}
