import { createRoute, z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { UserContext } from '#shared/context.ts'
import { secured } from '#shared/identity.ts'
import { NotFound, problems } from '#shared/problem.ts'
import { PredictorView, toPredictorView } from './predictor-view.ts'
import type { PredictApp } from './services.ts'

const highestPrice = 1_000_000

const pricePredictor = createRoute({
  operationId: 'pricePredictor',
  method: 'patch',
  path: '/predictors/{predictor_name}',
  tags: ['Administration'],
  summary: 'Give a predictor another price',
  description: 'It counts for jobs from two seconds on at the latest; those that were accepted keep theirs.',
  ...secured('admin'),
  request: {
    params: z.object({ predictor_name: z.string().max(64).openapi({ example: 'random_forest' }) }),
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({
            price: z
              .number()
              .int()
              .min(0)
              .max(highestPrice)
              .openapi({ description: 'Credits for one row', example: 12 }),
          }),
        },
      },
    },
  },
  responses: {
    200: { description: 'The predictor', content: { 'application/json': { schema: PredictorView } } },
    ...problems(400, 401, 403, 404, 422),
  },
})

export function registerPricePredictor(app: PredictApp) {
  app.openapi(pricePredictor, async (c) => {
    const ctx = c.get('ctx')
    const { predictor_name: name } = c.req.valid('param')
    const { price } = c.req.valid('json')
    const priceBefore = await setPrice(ctx, name, price)
    ctx.log('info', 'price_changed', { predictor: name, price, price_before: priceBefore, by: ctx.actor.userId })
    ctx.catalogue.forget()
    return c.json(toPredictorView(await ctx.catalogue.find(ctx.db, name)), 200)
  })
}

const Before = z.object({ price_credits: z.coerce.number() })

/**
 * @returns the price that this very change replaced
 * @throws NotFound
 */
async function setPrice({ db }: Pick<UserContext, 'db'>, name: string, price: number): Promise<number> {
  const { rows } = await db.execute(sql`
    with before as (select name, price_credits from predictors where name = ${name} for update)
    update predictors set price_credits = ${price}, updated_at = now() from before
    where predictors.name = before.name returning before.price_credits`)
  const [before] = z.array(Before).parse(rows)
  if (!before) throw new NotFound('predictor')
  return before.price_credits
}
