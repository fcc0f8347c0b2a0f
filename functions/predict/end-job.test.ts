import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { reconcile } from '#functions/balance/reconcile.ts'
import { givenPredictor } from '#shared/testing/predictors.ts'
import { givenUser, testContext } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'
import { endJobs, type Outcome } from './end-job.ts'
import { reserveJob } from './reserve-job.ts'

const failed: Outcome = { status: 'failed', error: { code: 'model_failed', message: 'It failed' } }

describe.skipIf(!hasServices)('the end of jobs', () => {
  test('batches that share users never wait for each other in a circle, and give each price back once', async () => {
    const ctx = testContext()
    const predictor = await givenPredictor()
    const users = await Promise.all(Array.from({ length: 60 }, () => givenUser({ credits: 12 })))
    const job = { ...predictor, input: { x: [1] }, rowCount: 1, priceCredits: 1 }
    const sizes = [60, 1, 30, 5, 45, 3, 60, 15, 2, 60, 20, 8]
    // Batches of many users and of few: the database would take their wallets in another order each.
    for (let round = 0; round < 6; round++) {
      const batches = await Promise.all(
        sizes.map((size, i) =>
          Promise.all(
            users.slice(-size - i, users.length - i).map(async (user) => (await reserveJob(user.ctx, job)).jobId),
          ),
        ),
      )
      const ended = await Promise.all(
        batches.map((ids) => endJobs(ctx, sql`id = any(${sql.param(ids)}) and status = 'queued'`, failed)),
      )
      expect(ended.map((jobs) => jobs.length)).toEqual(batches.map((ids) => ids.length))
    }
    for (const user of users) {
      expect((await reconcile(user.ctx, user.userId)).violations).toEqual([])
      expect(await user.balance()).toBe(12)
    }
  })
})
