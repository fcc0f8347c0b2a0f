import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { reconcile } from '#functions/balance/reconcile.ts'
import { age, cancel, deliver, expectSound, jobsOf, moodyModels, submit } from '#shared/testing/jobs.ts'
import { givenPredictor } from '#shared/testing/predictors.ts'
import { givenUser, type TestUser } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'

const Accepted = z.object({ job_id: z.string() })
const price = 3

describe.skipIf(!hasServices)('at the same time', () => {
  let predictorName: string
  beforeAll(async () => {
    predictorName = (await givenPredictor({ priceCredits: price })).predictorName
  })
  // Failed runs are logged as the errors that they are.
  beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => {}))

  async function givenJobs(count: number, headers: Record<string, string> = {}) {
    const user = await givenUser({ credits: count * price })
    const token = await user.token()
    const answers = await Promise.all(Array.from({ length: count }, () => submit(token, predictorName, headers)))
    return { user, token, jobIds: answers.map(({ body }) => Accepted.parse(body).job_id) }
  }

  const statuses = async (user: TestUser) => (await jobsOf(user)).map(({ status }) => status)

  test('many deliveries of the same jobs to two Workers: each job runs once and is paid once', async () => {
    const { user, jobIds } = await givenJobs(12)
    const [one, other] = [moodyModels(), moodyModels()]
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) => jobIds.map((id) => deliver((i % 2 === 0 ? one : other).app, id))).flat(),
    )
    expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([])
    expect(one.state.runs + other.state.runs).toBe(12)
    expect(await statuses(user)).toEqual(Array(12).fill('finished'))
    expect(await user.balance()).toBe(0)
    await expectSound(user)
  })

  test('a cancellation against a claim: one of them gets the job, and the answer says which', async () => {
    const { user, token, jobIds } = await givenJobs(20)
    const models = moodyModels()
    const cancelled = await Promise.all(
      jobIds.map(async (id, i) => {
        const delivered = i % 2 === 0 ? deliver(models.app, id) : undefined
        const { status } = await cancel(token, id)
        await (delivered ?? deliver(models.app, id))
        return status
      }),
    )
    const jobs = new Map((await jobsOf(user)).map((job) => [job.id, job]))
    for (const [i, id] of jobIds.entries()) {
      const job = jobs.get(id)
      if (cancelled[i] === 200) expect(job).toMatchObject({ status: 'cancelled', attempts: 0 })
      else expect([cancelled[i], job?.status]).toEqual([409, 'finished'])
    }
    await expectSound(user)
  })

  test('a holder that comes back after its lease ran out finds the job taken over, and changes nothing', async () => {
    const { user, jobIds } = await givenJobs(1)
    const [jobId = ''] = jobIds
    const [slow, quick] = [moodyModels(), moodyModels()]
    let settled: unknown
    slow.state.beforeAnswer = async () => {
      await age(user, 'leases')
      await deliver(quick.app, jobId)
      settled = await jobsOf(user)
    }
    expect((await deliver(slow.app, jobId)).status).toBe(200)
    expect(await jobsOf(user)).toEqual(settled)
    expect(await jobsOf(user)).toMatchObject([{ status: 'finished', attempts: 2 }])
    expect(await user.balance()).toBe(0)
    await expectSound(user)
  })

  test.each(['answers', 'stumbles', 'refuses'] as const)(
    'a holder whose model %s after its lease ran out changes nothing for the new holder',
    async (mood) => {
      const { user, jobIds } = await givenJobs(1)
      const [jobId = ''] = jobIds
      const [slow, quick] = [moodyModels(), moodyModels()]
      slow.state.mood = mood
      const [started, mayGoOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      slow.state.beforeAnswer = () => {
        started.resolve()
        return mayGoOn.promise
      }
      const slowDone = deliver(slow.app, jobId)
      await started.promise
      quick.state.beforeAnswer = async () => {
        mayGoOn.resolve()
        await slowDone
        expect(await statuses(user)).toEqual(['running'])
      }
      await age(user, 'leases')
      expect((await deliver(quick.app, jobId)).status).toBe(200)
      expect(await jobsOf(user)).toMatchObject([{ status: 'finished', attempts: 2 }])
      await expectSound(user)
    },
  )

  test('a deadline that has passed before the run cancels the job, and no model runs', async () => {
    const { user, jobIds } = await givenJobs(1, { 'cancel-after': '1h' })
    const models = moodyModels()
    await age(user, 'deadlines')
    expect((await deliver(models.app, jobIds[0] ?? '')).status).toBe(200)
    expect(models.state.runs).toBe(0)
    expect(await jobsOf(user)).toMatchObject([{ status: 'cancelled', attempts: 0 }])
    expect(await user.balance()).toBe(price)
    await expectSound(user)
  })

  test('a deadline that passes during the run cancels the job, and its result is not charged', async () => {
    const { user, jobIds } = await givenJobs(1, { 'cancel-after': '1h' })
    const models = moodyModels()
    models.state.beforeAnswer = () => age(user, 'deadlines')
    expect((await deliver(models.app, jobIds[0] ?? '')).status).toBe(200)
    expect(await statuses(user)).toEqual(['cancelled'])
    expect(await user.balance()).toBe(price)
    await expectSound(user)
  })

  test('reconciliation sees a sound database at every moment of the traffic', async () => {
    const user = await givenUser({ credits: 60 })
    const token = await user.token()
    const models = moodyModels()
    let isBusy = true
    const watch = async () => {
      while (isBusy) expect((await reconcile(user.ctx, user.userId)).violations).toEqual([])
    }
    const work = async () => {
      for (let i = 0; i < 5; i++) {
        const { body } = await submit(token, predictorName)
        await Promise.all([deliver(models.app, Accepted.parse(body).job_id), submit(token, predictorName)])
      }
    }
    const watching = Promise.all([watch(), watch()])
    await Promise.all([work(), work()]).finally(() => {
      isBusy = false
    })
    await watching
    const { rows } = await user.ctx.db.execute(sql`select count(*) as n from jobs where user_id = ${user.userId}`)
    expect(rows).toEqual([{ n: '20' }])
  })
})
