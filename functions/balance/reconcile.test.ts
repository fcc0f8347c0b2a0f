import { type SQL, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { endJobs } from '#functions/predict/end-job.ts'
import { reserveJob } from '#functions/predict/reserve-job.ts'
import { givenPredictor } from '#shared/testing/predictors.ts'
import { givenUser, type TestUser } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'
import { reconcile } from './reconcile.ts'

const open = { input: { x: [1] }, rowCount: 1, priceCredits: 5 }
const result = { value: 1, interval: { lower: 0, upper: 2, coverage: 0.9 }, contributions: {} }

/** One job in each state that a job can be in, and its user. */
async function givenJobs() {
  const predictor = await givenPredictor()
  const user = await givenUser({ credits: 100 })
  const reserve = async () => (await reserveJob(user.ctx, { ...predictor, ...open })).jobId
  const [queued, running, finished, failed] = await Promise.all([reserve(), reserve(), reserve(), reserve()])
  await user.ctx.db.execute(sql`update jobs set status = 'running', lease_token = 'lease_1',
    lease_expires_at = now() + interval '1 minute' where id = ${running}`)
  await endJobs(user.ctx, sql`id = ${finished}`, { status: 'finished', results: [result], runMs: 1 })
  const error = { code: 'model_failed' as const, message: 'It failed' }
  await endJobs(user.ctx, sql`id = ${failed}`, { status: 'failed', error })
  return { user, queued, running, finished, failed }
}

/** Breaks rows as no verb could: guards are off for this one transaction, on a real superuser connection only. */
async function corrupt({ ctx }: TestUser, ...statements: SQL[]) {
  await ctx.db.batch([
    ctx.db.execute(sql`set local session_replication_role = replica`),
    ...statements.map((statement) => ctx.db.execute(statement)),
  ])
}

async function brokenRules({ ctx, userId }: TestUser) {
  const { violations } = await reconcile(ctx, userId)
  return [...new Set(violations.map((violation) => violation.rule))].sort()
}

describe.skipIf(!hasServices)('reconciliation', () => {
  test('a sound wallet has no violations, and the totals are those of its rows', async () => {
    const { user } = await givenJobs()
    expect(await reconcile(user.ctx, user.userId)).toEqual({
      accounts: 1n,
      entries: 7n,
      jobs: 4n,
      funded: 100n,
      available: 85n,
      held: 10n,
      revenue: 5n,
      violations: [],
    })
  })

  test('a user without any entry is sound', async () => {
    const user = await givenUser()
    expect(await brokenRules(user)).toEqual([])
  })

  test('a balance that is not the fold of its entries is found', async () => {
    const { user } = await givenJobs()
    await corrupt(
      user,
      sql`update accounts set available_credits = available_credits + 1 where user_id = ${user.userId}`,
    )
    expect(await brokenRules(user)).toEqual(['available_is_the_ledger', 'nothing_appears_or_vanishes'])
    await corrupt(
      user,
      sql`update accounts set available_credits = available_credits - 1, held_credits = held_credits + 1
      where user_id = ${user.userId}`,
    )
    expect(await brokenRules(user)).toEqual([
      'held_is_the_ledger',
      'held_is_what_open_jobs_cost',
      'nothing_appears_or_vanishes',
    ])
  })

  test('an entry that was lost, and one too many, are found', async () => {
    const { user, finished } = await givenJobs()
    await corrupt(user, sql`delete from ledger_entries where job_id = ${finished} and kind = 'capture'`)
    expect(await brokenRules(user)).toEqual([
      'a_job_is_settled_as_it_ended',
      'held_is_the_ledger',
      'nothing_appears_or_vanishes',
    ])
    await corrupt(
      user,
      sql`insert into ledger_entries (user_id, kind, amount_credits, actor_id)
      values (${user.userId}, 'top_up', 3, 'system')`,
    )
    expect(await brokenRules(user)).toContain('available_is_the_ledger')
  })

  test('a job without its hold, of another price, or of another user is found', async () => {
    const lost = await givenJobs()
    await corrupt(lost.user, sql`delete from ledger_entries where job_id = ${lost.queued}`)
    expect(await brokenRules(lost.user)).toContain('a_job_is_held_for_once')
    const dearer = await givenJobs()
    await corrupt(dearer.user, sql`update jobs set price_credits = 6 where id = ${dearer.queued}`)
    expect(await brokenRules(dearer.user)).toEqual(['a_job_is_held_for_once', 'held_is_what_open_jobs_cost'])
  })

  test('a job that changed its state without its money is found', async () => {
    const { user, failed, queued } = await givenJobs()
    await corrupt(user, sql`update jobs set status = 'finished', results = '[{}]' where id = ${failed}`)
    expect(await brokenRules(user)).toEqual(['a_job_is_settled_as_it_ended'])
    await corrupt(user, sql`update jobs set status = 'cancelled' where id = ${queued}`)
    expect(await brokenRules(user)).toEqual([
      'a_job_is_settled_as_it_ended',
      'held_is_what_open_jobs_cost',
      'what_ended_says_when',
    ])
  })

  test('a finished job without all its results, and a running one without a lease, are found', async () => {
    const { user, finished, running } = await givenJobs()
    await corrupt(user, sql`update jobs set results = '[]' where id = ${finished}`)
    expect(await brokenRules(user)).toEqual(['results_belong_to_finished_jobs'])
    await corrupt(user, sql`update jobs set results = null where id = ${finished}`)
    expect(await brokenRules(user)).toEqual(['results_belong_to_finished_jobs'])
    await corrupt(user, sql`update jobs set lease_token = null where id = ${running}`)
    expect(await brokenRules(user)).toEqual(['leases_belong_to_running_jobs', 'results_belong_to_finished_jobs'])
  })

  test('an entry of a job that is not there is found', async () => {
    const { user, finished } = await givenJobs()
    await corrupt(user, sql`delete from jobs where id = ${finished}`)
    expect(await brokenRules(user)).toEqual(['entries_name_jobs_that_exist'])
  })
})
