import { createRoute, z } from '@hono/zod-openapi'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import { findImport } from './find-import.ts'
import { ImportView } from './import-view.ts'
import type { MoviesApp } from './services.ts'

const getImport = createRoute({
  operationId: 'getImport',
  method: 'get',
  path: '/movies/imports/{import_id}',
  tags: ['Administration'],
  summary: 'How far a delivery of films has come',
  ...secured('admin'),
  request: { params: z.object({ import_id: z.string().max(100) }) },
  responses: {
    200: { description: 'The delivery', content: { 'application/json': { schema: ImportView } } },
    ...problems(401, 403, 404, 422),
  },
})

export function registerGetImport(app: MoviesApp) {
  app.openapi(getImport, async (c) => c.json(await findImport(c.get('ctx'), c.req.valid('param').import_id), 200))
}
