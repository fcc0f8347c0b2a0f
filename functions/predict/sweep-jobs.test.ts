import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Message } from '#shared/queue.ts'
import { age, expectSound, isFinal, jobsOf } from '#shared/testing/jobs.ts'
import { givenPredictor } from '#shared/testing/predictors.ts'
import { givenUser, type TestUser, testContext } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'
import { endOverdueJobs } from './end-overdue-jobs.ts'
import { reserveJob } from './reserve-job.ts'
import { sweepJobs } from './sweep-jobs.ts'

/** A context whose queue remembers what it was given; ids of one message are one message, as the real queue has it. */
function sweepContext() {
  const published: string[] = []
  const queue = {
    async publish(messages: readonly Message[]) {
      published.push(...messages.map(({ deduplicationId }) => deduplicationId))
    },
  }
  return { ctx: { ...testContext(), queue }, published }
}

describe.skipIf(!hasServices)('the sweep', () => {
  let predictor: Awaited<ReturnType<typeof givenPredictor>>
  beforeAll(async () => {
    predictor = await givenPredictor()
  })

  const reserve = (user: TestUser) =>
    reserveJob(user.ctx, { ...predictor, input: { x: [1] }, rowCount: 1, priceCredits: 1, deadlineMs: 3_600_000 })

  test('sweeps at once publish each waiting job once', async () => {
    const user = await givenUser({ credits: 40 })
    const jobs = await Promise.all(Array.from({ length: 40 }, () => reserve(user)))
    await age(user, 'messages')
    const { ctx, published } = sweepContext()
    await Promise.all(Array.from({ length: 6 }, () => sweepJobs(ctx)))
    const mine = published.filter((id) => jobs.some(({ jobId }) => id.startsWith(jobId)))
    expect(new Set(mine).size).toBe(mine.length)
    // Sweeps of other tests may have taken up some; what they took carries the first round in their queue, not in ours.
    expect(mine.every((id) => id.endsWith('-1'))).toBe(true)
  })

  test('every round is a message of its own, and waits for longer than the one before', async () => {
    const user = await givenUser({ credits: 1 })
    const { jobId } = await reserve(user)
    const { ctx } = sweepContext()
    const waitedSeconds = async (seconds: number) => {
      await ctx.db.execute(
        sql`update jobs set updated_at = now() - ${`${seconds} seconds`}::interval where id = ${jobId}`,
      )
      await sweepJobs(ctx)
      const { rows } = await ctx.db.execute<{ n: string }>(sql`select publish_count as n from jobs where id = ${jobId}`)
      return Number(rows[0]?.n)
    }
    expect(await waitedSeconds(25)).toBe(0)
    expect(await waitedSeconds(31)).toBe(1)
    expect(await waitedSeconds(55)).toBe(1)
    expect(await waitedSeconds(61)).toBe(2)
    expect(await waitedSeconds(119)).toBe(2)
    expect(await waitedSeconds(121)).toBe(3)
  })

  test('a job that no delivery reached for a day is given up, and its price given back', async () => {
    const user = await givenUser({ credits: 1 })
    const { jobId } = await reserve(user)
    const { ctx } = sweepContext()
    await ctx.db.execute(sql`update jobs set created_at = now() - interval '25 hours' where id = ${jobId}`)
    await sweepUntilEnded(user, () => sweepJobs(ctx))
    expect(await jobsOf(user)).toMatchObject([{ status: 'failed' }])
    expect(await user.balance()).toBe(1)
  })

  test('a message that cannot be published keeps no other one back, and the failure is told', async () => {
    const user = await givenUser({ credits: 3 })
    const [unlucky, ...others] = await Promise.all([reserve(user), reserve(user), reserve(user)])
    const { ctx, published } = sweepContext()
    const { publish } = ctx.queue
    ctx.queue.publish = async (messages) => {
      const wanted = messages.filter((message) => !message.deduplicationId.startsWith(unlucky?.jobId ?? ''))
      await publish(wanted)
      if (wanted.length < messages.length) throw new Error('the queue does not want one of them')
    }
    const told = await sweepOften(user, () => sweepJobs(ctx))
    expect(told).toContain('parts of the sweep failed')
    for (const { jobId } of others) expect(published.some((id) => id.startsWith(jobId))).toBe(true)
  })

  test('a part that fails keeps no other part from being done', async () => {
    const user = await givenUser({ credits: 1 })
    const { jobId } = await reserve(user)
    const { ctx, published } = sweepContext()
    let calls = 0
    const db = new Proxy(ctx.db, {
      get: (target, name) => (name === 'execute' && calls++ % 4 === 0 ? failing : Reflect.get(target, name, target)),
    })
    const told = await sweepOften(user, () => sweepJobs({ ...ctx, db }))
    expect(told).toContain('parts of the sweep failed')
    expect(published.some((id) => id.startsWith(jobId))).toBe(true)
  })

  test('many jobs past their deadline, many sweeps at once: all are cancelled, each price is given back once', async () => {
    const users = await Promise.all(Array.from({ length: 15 }, () => givenUser({ credits: 20 })))
    await Promise.all(users.flatMap((user) => Array.from({ length: 20 }, () => reserve(user))))
    for (const user of users) await age(user, 'deadlines')
    for (let left = 1; left > 0; ) {
      const ended = await Promise.all(Array.from({ length: 6 }, () => endOverdueJobs(testContext())))
      left = ended.flat().length
    }
    for (const user of users) {
      await expectSound(user)
      expect(await user.balance()).toBe(20)
    }
  })
})

/** Others' jobs come first where theirs are older: a batch is bounded. */
async function sweepUntilEnded(user: TestUser, sweep: () => Promise<unknown>) {
  for (let round = 0; round < 20 && !(await jobsOf(user)).every(isFinal); round++) await sweep()
}

async function failing() {
  throw new Error('this statement always fails')
}

/** Several rounds, since another test's sweep may come first in one of them. */
async function sweepOften(user: TestUser, sweep: () => Promise<unknown>): Promise<string> {
  const told: string[] = []
  for (let round = 0; round < 4; round++) {
    await age(user, 'messages')
    await sweep().catch((error: unknown) => told.push(String(error)))
  }
  return told.join()
}
