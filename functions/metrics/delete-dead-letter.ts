import { createRoute } from '@hono/zod-openapi'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import { assertDeadLetterId, deadLetterParams } from './dead-letter-view.ts'
import type { MetricsApp } from './services.ts'

const deleteDeadLetter = createRoute({
  operationId: 'deleteDeadLetter',
  method: 'delete',
  path: '/dead_letters/{dead_letter_id}',
  tags: ['Administration'],
  summary: 'Forget a dead letter',
  ...secured('admin'),
  request: { params: deadLetterParams },
  responses: { 204: { description: 'It is gone' }, ...problems(401, 403, 404, 422, 503) },
})

export function registerDeleteDeadLetter(app: MetricsApp) {
  app.openapi(deleteDeadLetter, async (c) => {
    const { deadLetters, actor, log } = c.get('ctx')
    const { dead_letter_id } = c.req.valid('param')
    assertDeadLetterId(dead_letter_id)
    await deadLetters.delete(dead_letter_id)
    log('info', 'dead_letter_deleted', { dead_letter_id, by: actor.userId })
    return c.body(null, 204)
  })
}
