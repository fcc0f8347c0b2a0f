import { createRoute, z } from '@hono/zod-openapi'
import { idempotencyHeader, idempotencyOf } from '#shared/idempotency.ts'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import { Credits } from './amounts.ts'
import { assertMayFund } from './assert-may-fund.ts'
import { fundAccount } from './fund-account.ts'
import type { BalanceApp } from './services.ts'

const setBalance = createRoute({
  operationId: 'setBalance',
  method: 'post',
  path: '/balance',
  tags: ['Wallet'],
  summary: 'Set your balance',
  description:
    'The difference is entered in the ledger. Who may do this is a setting: everybody in a demo, admins in production.',
  ...secured(),
  request: {
    headers: idempotencyHeader,
    body: {
      required: true,
      content: { 'application/json': { schema: z.object({ new_amount: Credits.openapi({ example: 100 }) }) } },
    },
  },
  responses: {
    200: {
      description: 'The new balance',
      content: { 'application/json': { schema: z.object({ amount: z.number().int() }) } },
    },
    ...problems(400, 401, 403, 422),
  },
})

export function registerSetBalance(app: BalanceApp) {
  app.openapi(setBalance, async (c) => {
    const ctx = c.get('ctx')
    const { new_amount } = c.req.valid('json')
    const { userId } = ctx.actor
    assertMayFund(ctx, userId)
    const idempotency = idempotencyOf(c.req.valid('header')['idempotency-key'], 'setBalance', new_amount)
    const { availableCredits, replayed } = await fundAccount(ctx, userId, { newAmountCredits: new_amount }, idempotency)
    if (replayed) c.header('idempotent-replayed', 'true')
    return c.json({ amount: availableCredits }, 200)
  })
}
