import { createRoute } from '@hono/zod-openapi'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import { assertDeadLetterId, deadLetterParams } from './dead-letter-view.ts'
import type { MetricsApp } from './services.ts'

const retryDeadLetter = createRoute({
  operationId: 'retryDeadLetter',
  method: 'post',
  path: '/dead_letters/{dead_letter_id}/retry',
  tags: ['Administration'],
  summary: 'Have the queue deliver a dead letter again, as a new message',
  description: 'A job that has ended meanwhile is not run again, and nothing is charged twice.',
  ...secured('admin'),
  request: { params: deadLetterParams },
  responses: {
    204: { description: 'It is on its way, and no dead letter any more' },
    ...problems(401, 403, 404, 422, 503),
  },
})

export function registerRetryDeadLetter(app: MetricsApp) {
  app.openapi(retryDeadLetter, async (c) => {
    const { deadLetters, actor, log } = c.get('ctx')
    const { dead_letter_id } = c.req.valid('param')
    assertDeadLetterId(dead_letter_id)
    await deadLetters.retry(dead_letter_id)
    log('info', 'dead_letter_retried', { dead_letter_id, by: actor.userId })
    return c.body(null, 204)
  })
}
