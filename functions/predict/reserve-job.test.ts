import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { reconcile } from '#functions/balance/reconcile.ts'
import type { Idempotency } from '#shared/idempotency.ts'
import { givenPredictor } from '#shared/testing/predictors.ts'
import { givenUser, type TestUser } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'
import { reserveJob } from './reserve-job.ts'

const ask = { input: { x: [1] }, rowCount: 1 }

describe.skipIf(!hasServices)('a reservation', () => {
  let predictor: Awaited<ReturnType<typeof givenPredictor>>
  beforeAll(async () => {
    predictor = await givenPredictor()
  })

  const reserve = (user: TestUser, priceCredits: number, idempotency?: Idempotency) =>
    reserveJob(user.ctx, { ...predictor, ...ask, priceCredits, idempotency })

  const expectSound = async ({ ctx, userId }: TestUser) => expect((await reconcile(ctx, userId)).violations).toEqual([])

  test('concurrent submissions never overdraw, and every accepted job is paid once', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 50 }),
        fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 20 }),
        async (credits, prices) => {
          const user = await givenUser({ credits })
          const outcomes = await Promise.allSettled(prices.map((priceCredits) => reserve(user, priceCredits)))
          const accepted = prices.filter((_, i) => outcomes[i]?.status === 'fulfilled')
          const paid = accepted.reduce((a, b) => a + b, 0)
          expect(await user.balance()).toBe(credits - paid)
          expect(await user.held()).toBe(paid)
          expect(await user.jobs()).toHaveLength(accepted.length)
          // Nobody is refused what the balance would have covered to the end.
          for (const [i, price] of prices.entries()) {
            if (outcomes[i]?.status === 'rejected') expect(price).toBeGreaterThan(credits - paid)
          }
          await expectSound(user)
        },
      ),
      { numRuns: 30 },
    ))

  test('concurrent retries under a few keys make one job a key, and pay for it once', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 25 }),
        fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 }),
        async (credits, keys) => {
          const user = await givenUser({ credits })
          const outcomes = await Promise.allSettled(
            keys.map((key) => reserve(user, 7, { key, requestHash: `request of ${key}` })),
          )
          const idsOf = (wanted: string) =>
            outcomes.flatMap((outcome, i) =>
              outcome.status === 'fulfilled' && keys[i] === wanted ? [outcome.value.jobId] : [],
            )
          const made = [...new Set(keys)].flatMap((key) => [...new Set(idsOf(key))])
          expect((await user.jobs()).map(({ id }) => id).sort()).toEqual(made.sort())
          expect(made).toHaveLength(Math.min(new Set(keys).size, Math.floor(credits / 7)))
          expect(await user.balance()).toBe(credits - 7 * made.length)
          await expectSound(user)
        },
      ),
      { numRuns: 30 },
    ))

  test('a retry finds its job although the first try has emptied the wallet', async () => {
    const user = await givenUser({ credits: 7 })
    const idempotency = { key: 'k', requestHash: 'same' }
    const first = await reserve(user, 7, idempotency)
    expect(await reserve(user, 7, idempotency)).toEqual({ jobId: first.jobId, replayed: true })
    await expect(reserve(user, 7, { key: 'k', requestHash: 'other' })).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    })
    await expect(reserve(user, 7)).rejects.toMatchObject({ code: 'insufficient_credits' })
    expect(await user.jobs()).toHaveLength(1)
  })

  test('a key that could not be paid for stays free, and is good once there are credits', async () => {
    const poor = await givenUser({ credits: 6 })
    const idempotency = { key: 'k', requestHash: 'same' }
    await expect(reserve(poor, 7, idempotency)).rejects.toMatchObject({ code: 'insufficient_credits' })
    expect(await reserve(poor, 6, idempotency)).toMatchObject({ replayed: false })
  })

  test('the same key of two users makes two jobs', async () => {
    const [one, other] = await Promise.all([givenUser({ credits: 7 }), givenUser({ credits: 7 })])
    const idempotency = { key: 'k', requestHash: 'same' }
    const [first, second] = await Promise.all([reserve(one, 7, idempotency), reserve(other, 7, idempotency)])
    expect(first.jobId).not.toBe(second.jobId)
    expect([first.replayed, second.replayed]).toEqual([false, false])
  })

  test('what costs nothing is accepted from an empty wallet, with a hold of zero', async () => {
    const user = await givenUser()
    await reserve(user, 0)
    await expect(reserve(user, 1)).rejects.toMatchObject({ code: 'insufficient_credits' })
    expect(await user.jobs()).toHaveLength(1)
    await expectSound(user)
  })
})
