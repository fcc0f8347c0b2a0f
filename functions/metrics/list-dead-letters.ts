import { createRoute, z } from '@hono/zod-openapi'
import { secured } from '#shared/identity.ts'
import { decodeCursor, encodeCursor, pageOf, pageQuery } from '#shared/pages.ts'
import { problems } from '#shared/problem.ts'
import { DeadLetterView, toDeadLetterView } from './dead-letter-view.ts'
import type { MetricsApp } from './services.ts'

const listDeadLetters = createRoute({
  operationId: 'listDeadLetters',
  method: 'get',
  path: '/dead_letters',
  tags: ['Administration'],
  summary: 'Messages that the queue gave up, newest first',
  description: 'Jobs and webhook messages are taken up again by themselves; what is here tells why it took so long.',
  ...secured('admin'),
  request: { query: z.object(pageQuery) },
  responses: {
    200: {
      description: 'A page of dead letters',
      content: { 'application/json': { schema: pageOf(DeadLetterView) } },
    },
    ...problems(401, 403, 422, 503),
  },
})

/** Before the queue's own cursor, so that one of another list is told from it. */
const mark = 'dead_letter:'

export function registerListDeadLetters(app: MetricsApp) {
  app.openapi(listDeadLetters, async (c) => {
    const { deadLetters } = c.get('ctx')
    const { cursor, limit } = c.req.valid('query')
    const after = decodeCursor(cursor, /^dead_letter:[\x21-\x7e]{1,100}$/)?.slice(mark.length)
    const page = await deadLetters.list({ limit, cursor: after })
    const next_cursor = page.cursor === undefined ? null : encodeCursor(mark + page.cursor)
    c.header('cache-control', 'no-store')
    return c.json({ items: page.letters.map(toDeadLetterView), next_cursor }, 200)
  })
}
