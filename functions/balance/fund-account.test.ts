import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { endJobs } from '#functions/predict/end-job.ts'
import { reserveJob } from '#functions/predict/reserve-job.ts'
import { newId } from '#shared/ids.ts'
import { givenPredictor } from '#shared/testing/predictors.ts'
import { givenUser, type TestUser } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'
import { type Funding, fundAccount } from './fund-account.ts'
import { readBalance } from './read-balance.ts'
import { reconcile } from './reconcile.ts'

const Entries = z.array(z.object({ kind: z.string(), amount: z.coerce.number() }))

async function entriesOf({ ctx, userId }: TestUser) {
  const { rows } = await ctx.db.execute(
    sql`select kind, amount_credits as amount from ledger_entries where user_id = ${userId} order by id`,
  )
  return Entries.parse(rows)
}

const expectSound = async ({ ctx, userId }: TestUser) => expect((await reconcile(ctx, userId)).violations).toEqual([])

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)
const credits = fc.integer({ min: 0, max: 60 })
const funding: fc.Arbitrary<Funding> = fc.oneof(
  credits.map((newAmountCredits) => ({ newAmountCredits })),
  credits.map((addedCredits) => ({ addedCredits })),
)

describe.skipIf(!hasServices)('a wallet', () => {
  test('one movement after the other leaves the balance that arithmetic says', () =>
    fc.assert(
      fc.asyncProperty(fc.array(funding, { maxLength: 12 }), async (movements) => {
        const user = await givenUser()
        let expected = 0
        for (const movement of movements) {
          expected = 'addedCredits' in movement ? expected + movement.addedCredits : movement.newAmountCredits
          const { availableCredits } = await fundAccount(user.ctx, user.userId, movement)
          expect(availableCredits).toBe(expected)
        }
        expect(await user.balance()).toBe(expected)
        await expectSound(user)
      }),
      { numRuns: 20 },
    ))

  test('sets, top-ups, holds and settlements at once: the balance is the fold of the ledger', async () => {
    const predictor = await givenPredictor()
    const error = { code: 'model_failed' as const, message: 'It failed' }
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(funding, fc.integer({ min: 0, max: 30 })), { maxLength: 16 }),
        async (moves) => {
          const user = await givenUser({ credits: 20 })
          await Promise.allSettled(
            moves.map(async (move, i) => {
              if (typeof move !== 'number') return fundAccount(user.ctx, user.userId, move)
              const job = { ...predictor, input: { x: [1] }, rowCount: 1, priceCredits: move }
              const { jobId } = await reserveJob(user.ctx, job)
              if (i % 3 === 0) return
              const outcome = i % 3 === 1 ? ({ status: 'failed', error } as const) : finished
              return endJobs(user.ctx, sql`id = ${jobId} and status = 'queued'`, outcome)
            }),
          )
          await expectSound(user)
        },
      ),
      { numRuns: 30 },
    )
  })

  test('of concurrent sets one is the last, and each enters what it changed', async () => {
    const user = await givenUser({ credits: 50 })
    const wanted = [0, 10, 20, 30, 40, 50, 60, 70]
    await Promise.all(wanted.map((newAmountCredits) => fundAccount(user.ctx, user.userId, { newAmountCredits })))
    expect(wanted).toContain(await user.balance())
    await expectSound(user)
  })

  test('concurrent retries under one key pay once, whatever else is paid meanwhile', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ key: fc.constantFrom('a', 'b', undefined), credits }), { minLength: 1, maxLength: 12 }),
        async (tries) => {
          const user = await givenUser()
          const amountOf = new Map<string, number>()
          const paid = tries.map((one) => ({
            key: one.key,
            // The same key stands for the same request.
            addedCredits: one.key ? (amountOf.get(one.key) ?? remember(amountOf, one.key, one.credits)) : one.credits,
          }))
          const answers = await Promise.all(
            paid.map(({ key, addedCredits }) =>
              fundAccount(user.ctx, user.userId, { addedCredits }, key ? { key, requestHash: `${key}'s` } : undefined),
            ),
          )
          const keyless = sum(paid.filter(({ key }) => key === undefined).map(({ addedCredits }) => addedCredits))
          expect(await user.balance()).toBe(keyless + sum([...amountOf.values()]))
          for (const key of amountOf.keys()) {
            const same = answers.filter((_, i) => paid[i]?.key === key)
            expect(same.filter(({ replayed }) => !replayed)).toHaveLength(1)
            expect(new Set(same.map(({ availableCredits }) => availableCredits)).size).toBe(1)
          }
          await expectSound(user)
        },
      ),
      { numRuns: 30 },
    ))

  test('a retry is answered as the first try was, though the balance has changed since', async () => {
    const user = await givenUser({ credits: 5 })
    const first = { key: 'first', requestHash: 'a' }
    await fundAccount(user.ctx, user.userId, { addedCredits: 10 }, first)
    await fundAccount(user.ctx, user.userId, { newAmountCredits: 3 }, { key: 'second', requestHash: 'b' })
    expect(await fundAccount(user.ctx, user.userId, { addedCredits: 10 }, first)).toEqual({
      availableCredits: 15,
      replayed: true,
    })
    expect(await user.balance()).toBe(3)
  })

  test('a set that changes nothing is entered under its key: a late retry changes nothing either', async () => {
    const user = await givenUser({ credits: 5 })
    const idempotency = { key: 'k', requestHash: 'same' }
    await fundAccount(user.ctx, user.userId, { newAmountCredits: 5 }, idempotency)
    await fundAccount(user.ctx, user.userId, { newAmountCredits: 9 })
    expect(await fundAccount(user.ctx, user.userId, { newAmountCredits: 5 }, idempotency)).toMatchObject({
      replayed: true,
    })
    expect(await user.balance()).toBe(9)
    await fundAccount(user.ctx, user.userId, { newAmountCredits: 9 })
    expect(await entriesOf(user)).toEqual([
      { kind: 'top_up', amount: 5 },
      { kind: 'top_up', amount: 0 },
      { kind: 'top_up', amount: 4 },
    ])
  })

  test('a key that stands for another request is refused, and nothing moves', async () => {
    const user = await givenUser()
    await fundAccount(user.ctx, user.userId, { addedCredits: 5 }, { key: 'k', requestHash: 'five' })
    const other = fundAccount(user.ctx, user.userId, { addedCredits: 6 }, { key: 'k', requestHash: 'six' })
    await expect(other).rejects.toMatchObject({ code: 'idempotency_key_reused' })
    expect(await user.balance()).toBe(5)
  })

  test('what would grow beyond exact numbers is refused, cleanly, and held credits count', async () => {
    const user = await givenUser({ credits: 10 })
    await reserveJob(user.ctx, { ...(await givenPredictor()), input: { x: [1] }, rowCount: 1, priceCredits: 10 })
    const room = Number.MAX_SAFE_INTEGER - 10
    const idempotency = { key: 'k', requestHash: 'same' }
    await fundAccount(user.ctx, user.userId, { newAmountCredits: room }, idempotency)
    for (const tooMuch of [{ addedCredits: 1 }, { addedCredits: room }, { newAmountCredits: room + 1 }]) {
      await expect(fundAccount(user.ctx, user.userId, tooMuch)).rejects.toMatchObject({ code: 'invalid_request' })
    }
    expect(await fundAccount(user.ctx, user.userId, { newAmountCredits: room }, idempotency)).toEqual({
      availableCredits: room,
      replayed: true,
    })
    expect(await readBalance(user.ctx, user.userId)).toEqual({ availableCredits: room, heldCredits: 10 })
    await expectSound(user)
  })

  test('a retry of what was paid is not refused because it would now be too much', async () => {
    const user = await givenUser()
    const idempotency = { key: 'k', requestHash: 'same' }
    const half = (Number.MAX_SAFE_INTEGER + 1) / 2
    await fundAccount(user.ctx, user.userId, { addedCredits: half }, idempotency)
    const again = await fundAccount(user.ctx, user.userId, { addedCredits: half }, idempotency)
    expect(again).toEqual({ availableCredits: half, replayed: true })
  })

  test('nobody has no wallet', async () => {
    const { ctx } = await givenUser()
    const nobody = fundAccount(ctx, newId('user'), { addedCredits: 1 }, { key: 'k', requestHash: 'h' })
    await expect(nobody).rejects.toMatchObject({ code: 'not_found' })
  })
})

const finished = { status: 'finished', results: [{}], runMs: 1 } as const

function remember(amounts: Map<string, number>, key: string, amount: number): number {
  amounts.set(key, amount)
  return amount
}
