import { createRoute, z } from '@hono/zod-openapi'
import { problems } from '#shared/problem.ts'
import { keepUpdate } from './keep-update.ts'
import { sentByTelegram, telegramSecurity } from './sent-by-telegram.ts'
import type { BotApp } from './services.ts'
import { updateMessage } from './update-message.ts'

const receiveUpdate = createRoute({
  operationId: 'receiveUpdate',
  method: 'post',
  path: '/bot/telegram',
  tags: ['Bot'],
  summary: 'Take what somebody said in Telegram (called by Telegram, with the secret of the webhook)',
  security: telegramSecurity,
  middleware: sentByTelegram,
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.looseObject({
            update_id: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).openapi({ example: 872_000_001 }),
          }),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'Kept, now or before; it is worked on later',
      content: { 'application/json': { schema: z.object({ update_id: z.number(), is_new: z.boolean() }) } },
    },
    ...problems(400, 401, 422),
  },
})

/** Telegram waits for no work: an update is kept, acknowledged and handed to the queue. */
export function registerReceiveUpdate(app: BotApp) {
  app.openapi(receiveUpdate, async (c) => {
    const ctx = c.get('ctx')
    const content = c.req.valid('json')
    const isNew = await keepUpdate(ctx, content)
    // After the answer: the row is its own outbox, so that a lost message is found by the sweep.
    if (isNew) ctx.defer(ctx.queue.publish([updateMessage(content.update_id)]))
    return c.json({ update_id: content.update_id, is_new: isNew }, 200)
  })
}
