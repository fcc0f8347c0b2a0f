import { createRoute, z } from '@hono/zod-openapi'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import { EncoderView, readEncoders } from './encoder-view.ts'
import type { MoviesApp } from './services.ts'

const listEncoders = createRoute({
  operationId: 'listEncoders',
  method: 'get',
  path: '/encoders',
  tags: ['Administration'],
  summary: 'Encoders, and how much of the catalogue each has read',
  ...secured('admin'),
  responses: {
    200: {
      description: 'Those on offer, then those that are no longer but have left vectors',
      content: { 'application/json': { schema: z.object({ items: z.array(EncoderView) }) } },
    },
    ...problems(401, 403, 503),
  },
})

export function registerListEncoders(app: MoviesApp) {
  app.openapi(listEncoders, async (c) => c.json({ items: await readEncoders(c.get('ctx')) }, 200))
}
