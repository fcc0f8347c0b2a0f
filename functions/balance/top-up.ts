import { createRoute, z } from '@hono/zod-openapi'
import { idempotencyHeader, idempotencyOf } from '#shared/idempotency.ts'
import { secured } from '#shared/identity.ts'
import { idPattern } from '#shared/ids.ts'
import { problems } from '#shared/problem.ts'
import { Credits } from './amounts.ts'
import { assertMayFund } from './assert-may-fund.ts'
import { fundAccount } from './fund-account.ts'
import type { BalanceApp } from './services.ts'

const TopUp = z.object({
  amount: Credits.min(1).openapi({ example: 50 }),
  user_id: z
    .string()
    .regex(idPattern('user'))
    .optional()
    .openapi({ description: 'Whose wallet; yours if left out. Another one takes an admin, such as a payment webhook' }),
})

const topUp = createRoute({
  operationId: 'topUp',
  method: 'post',
  path: '/balance/top_ups',
  tags: ['Wallet'],
  summary: 'Add credits',
  ...secured(),
  request: { headers: idempotencyHeader, body: { required: true, content: { 'application/json': { schema: TopUp } } } },
  responses: {
    200: {
      description: 'The new balance',
      content: { 'application/json': { schema: z.object({ amount: z.number().int() }) } },
    },
    ...problems(400, 401, 403, 404, 422),
  },
})

export function registerTopUp(app: BalanceApp) {
  app.openapi(topUp, async (c) => {
    const ctx = c.get('ctx')
    const { amount, user_id: userId = ctx.actor.userId } = c.req.valid('json')
    assertMayFund(ctx, userId)
    const idempotency = idempotencyOf(c.req.valid('header')['idempotency-key'], 'topUp', { userId, amount })
    const { availableCredits, replayed } = await fundAccount(ctx, userId, { addedCredits: amount }, idempotency)
    if (replayed) c.header('idempotent-replayed', 'true')
    return c.json({ amount: availableCredits }, 200)
  })
}
