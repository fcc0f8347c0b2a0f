import fc from 'fast-check'
import { expect, test } from 'vitest'
import { givenPredictor } from '#shared/testing/predictors.ts'
import { givenUser } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'
import { reserveJob } from './reserve-job.ts'

test.skipIf(!hasServices)('concurrent submissions never overdraw, and every accepted job is paid once', async () => {
  const predictor = await givenPredictor()
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 50 }),
      fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 20 }),
      async (credits, prices) => {
        const user = await givenUser({ credits })
        const outcomes = await Promise.allSettled(
          prices.map((priceCredits) =>
            reserveJob(user.ctx, { ...predictor, input: { x: [1] }, rowCount: 1, priceCredits }),
          ),
        )
        const accepted = prices.filter((_, i) => outcomes[i]?.status === 'fulfilled')
        const paid = accepted.reduce((a, b) => a + b, 0)
        expect(await user.balance()).toBe(credits - paid)
        expect(await user.held()).toBe(paid)
        expect(await user.jobs()).toHaveLength(accepted.length)
      },
    ),
    { numRuns: 30 },
  )
})
