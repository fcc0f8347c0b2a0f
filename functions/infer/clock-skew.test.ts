import { sql } from 'drizzle-orm'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { deliver, expectSound, jobsOf, moodyModels, submit, sweep } from '#shared/testing/jobs.ts'
import { givenPredictor } from '#shared/testing/predictors.ts'
import { givenUser, type TestUser } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'
import { leaseSeconds } from './claim-job.ts'

const Accepted = z.object({ job_id: z.string() })
const Times = z.tuple([z.object({ lease_left: z.coerce.number(), deadline_left: z.coerce.number() })])
const hourMs = 3_600_000
const deadlineSeconds = 30 * 60

/** Seconds that are left by the database's clock. */
async function timesOf({ ctx, userId }: TestUser) {
  const { rows } = await ctx.db.execute(sql`
    select coalesce(extract(epoch from lease_expires_at - now()), 0) as lease_left,
      extract(epoch from deadline_at - now()) as deadline_left
    from jobs where user_id = ${userId}`)
  return Times.parse(rows)[0]
}

describe.skipIf(!hasServices).each([
  ['an hour fast', hourMs],
  ['an hour slow', -hourMs],
])('a Worker whose clock is %s', (_name, skewMs) => {
  let predictorName: string
  beforeAll(async () => {
    predictorName = (await givenPredictor({ priceCredits: 3 })).predictorName
  })
  // The database runs in another process, by the right time.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + skewMs })
    // Refused deliveries are logged.
    vi.spyOn(console, 'log').mockImplementation(() => {})
  })
  afterEach(() => void vi.useRealTimers())

  async function givenJob() {
    const user = await givenUser({ credits: 3 })
    const { body } = await submit(await user.token(), predictorName, { 'cancel-after': `${deadlineSeconds}s` })
    return { user, jobId: Accepted.parse(body).job_id }
  }

  test('gives jobs the deadline and the lease that they should have', async () => {
    const { user, jobId } = await givenJob()
    const models = moodyModels()
    let during = await timesOf(user)
    expect(during.deadline_left).toBeGreaterThan(deadlineSeconds - 30)
    expect(during.deadline_left).toBeLessThanOrEqual(deadlineSeconds)
    models.state.beforeAnswer = async () => {
      during = await timesOf(user)
    }
    expect((await deliver(models.app, jobId)).status).toBe(200)
    expect(during.lease_left).toBeGreaterThan(leaseSeconds - 30)
    expect(during.lease_left).toBeLessThanOrEqual(leaseSeconds)
    expect(await jobsOf(user)).toMatchObject([{ status: 'finished' }])
    await expectSound(user)
  })

  test('sweeps nothing that is in time, takes no job from its holder, and leaves nothing that is overdue', async () => {
    const { user, jobId } = await givenJob()
    const models = moodyModels()
    await sweep()
    expect(await jobsOf(user)).toMatchObject([{ status: 'queued', attempts: 0 }])
    models.state.beforeAnswer = async () => {
      await sweep()
      expect((await deliver(moodyModels().app, jobId)).status).toBe(503)
      expect(await jobsOf(user)).toMatchObject([{ status: 'running', attempts: 1 }])
      await user.ctx.db.execute(sql`update jobs set deadline_at = now() where id = ${jobId}`)
      await sweep()
    }
    await deliver(models.app, jobId)
    expect(await jobsOf(user)).toMatchObject([{ status: 'cancelled', attempts: 1 }])
    expect(await user.balance()).toBe(3)
    await expectSound(user)
  })
})
