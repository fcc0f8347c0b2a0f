import { createRoute, z } from '@hono/zod-openapi'
import { problems } from '#shared/problem.ts'
import { callbackRetries, queueSecurity } from '#shared/queue.ts'
import { claimUpdate } from './claim-update.ts'
import type { BotApp, BotSystem } from './services.ts'
import { workOnUpdate } from './work-on-update.ts'

const Worked = z.object({
  update_id: z.string(),
  outcome: z.enum(['done', 'behind_another', 'put_off']),
})

const runUpdates = createRoute({
  operationId: 'runUpdates',
  method: 'post',
  path: '/bot/updates',
  tags: ['Queue'],
  summary: 'Answer what was said in a chat (called by the queue, signed)',
  security: queueSecurity,
  request: {
    headers: z.object({ 'upstash-retried': z.coerce.number().int().min(0).default(0) }),
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({
            update_id: z
              .string()
              .regex(/^\d{1,16}$/)
              .openapi({ example: '872000001' }),
          }),
        },
      },
    },
  },
  responses: {
    200: { description: 'Nothing is left to do now', content: { 'application/json': { schema: Worked } } },
    503: {
      description: 'To be tried again after `retry-after` seconds',
      headers: z.object({ 'retry-after': z.string() }),
      content: { 'application/json': { schema: Worked } },
    },
    ...problems(400, 401, 422),
  },
})

/** After so many the queue is asked to come again: a delivery may not last for ever. */
const updatesAtOnce = 10

type Result = { outcome: z.infer<typeof Worked>['outcome']; retryAfterSeconds?: number }

export function registerRunUpdates(app: BotApp) {
  app.openapi(runUpdates, async (c) => {
    const { update_id } = c.req.valid('json')
    const { outcome, retryAfterSeconds } = await runChat(c.get('ctx'), Number(update_id))
    // After the last retry the sweep comes back to it.
    const mayComeBack = c.req.valid('header')['upstash-retried'] < callbackRetries
    if (retryAfterSeconds === undefined || !mayComeBack) return c.json({ update_id, outcome }, 200)
    c.header('retry-after', String(retryAfterSeconds))
    return c.json({ update_id, outcome }, 503)
  })
}

/** Works on the open updates of a chat, oldest first, until there are none. */
async function runChat(ctx: BotSystem, updateId: number): Promise<Result> {
  for (let i = 0; i < updatesAtOnce; i++) {
    const claim = await claimUpdate(ctx, updateId)
    if (claim.kind === 'settled') return { outcome: 'done' }
    if (claim.kind === 'behind') return { outcome: 'behind_another' }
    if (claim.kind === 'early') return { outcome: 'put_off', retryAfterSeconds: claim.retryAfterSeconds }
    const pauseSeconds = await workOnUpdate(ctx, claim.update)
    if (pauseSeconds !== undefined) return { outcome: 'put_off', retryAfterSeconds: pauseSeconds }
  }
  return { outcome: 'put_off', retryAfterSeconds: 1 }
}
