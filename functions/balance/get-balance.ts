import { createRoute } from '@hono/zod-openapi'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import { Amount } from './amounts.ts'
import { readBalance } from './read-balance.ts'
import type { BalanceApp } from './services.ts'

const getBalance = createRoute({
  operationId: 'getBalance',
  method: 'get',
  path: '/balance',
  tags: ['Wallet'],
  summary: 'What is in your wallet',
  ...secured(),
  responses: { 200: { description: 'Credits', content: { 'application/json': { schema: Amount } } }, ...problems(401) },
})

export function registerGetBalance(app: BalanceApp) {
  app.openapi(getBalance, async (c) => {
    const ctx = c.get('ctx')
    const { availableCredits, heldCredits } = await readBalance(ctx, ctx.actor.userId)
    return c.json({ amount: availableCredits, held: heldCredits }, 200)
  })
}
