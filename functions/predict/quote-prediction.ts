import { createRoute, z } from '@hono/zod-openapi'
import { readBalance } from '#functions/balance/read-balance.ts'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import { Ask, priceOf, rowsThatFit } from './ask.ts'
import type { PredictApp } from './services.ts'

const Quote = z.object({
  price: z.number().int().openapi({ description: 'Credits for all rows' }),
  rows: z.number().int(),
  amount: z.number().int().openapi({ description: 'Credits that you can spend' }),
  enough: z.boolean(),
})

const quotePrediction = createRoute({
  operationId: 'quotePrediction',
  method: 'post',
  path: '/predict/quote',
  tags: ['Predictions'],
  summary: 'Check the input and say what it would cost',
  ...secured(),
  request: { body: { required: true, content: { 'application/json': { schema: Ask } } } },
  responses: {
    200: { description: 'Nothing is spent', content: { 'application/json': { schema: Quote } } },
    ...problems(400, 401, 404, 413, 422),
  },
})

export function registerQuotePrediction(app: PredictApp) {
  app.openapi(quotePrediction, async (c) => {
    const ctx = c.get('ctx')
    const { model_name, data } = c.req.valid('json')
    const predictor = await ctx.catalogue.find(ctx.db, model_name)
    const rows = rowsThatFit(predictor.manifest, data)
    const price = priceOf(predictor, rows)
    const { availableCredits: amount } = await readBalance(ctx, ctx.actor.userId)
    return c.json({ price, rows, amount, enough: amount >= price }, 200)
  })
}
