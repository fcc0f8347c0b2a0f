import { type SQL, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { endJobs, type Outcome } from '#functions/predict/end-job.ts'
import { reserveJob } from '#functions/predict/reserve-job.ts'
import { databaseError } from './database-error.ts'
import { givenPredictor } from './testing/predictors.ts'
import { givenUser } from './testing/users.ts'
import { hasServices } from './testing/world.ts'

const outcomes: Outcome[] = [
  { status: 'finished', results: [{}], runMs: 1 },
  { status: 'failed', error: { code: 'model_failed', message: 'It failed' } },
  { status: 'cancelled', error: { code: 'cancelled_by_user', message: 'Cancelled' } },
]
const refused = '23001' // restrict_violation: what our own triggers answer
const isReferenced = '0A000' // by a foreign key
const uniqueViolation = '23505'
const checkViolation = '23514'

describe.skipIf(!hasServices)('the database itself refuses', () => {
  let world: Awaited<ReturnType<typeof givenWorld>>
  beforeAll(async () => {
    world = await givenWorld()
  })

  async function givenWorld() {
    const predictor = await givenPredictor()
    const user = await givenUser({ credits: 10 })
    const job = { ...predictor, input: { x: [1] }, rowCount: 1, priceCredits: 2 }
    const reserve = async () => (await reserveJob(user.ctx, job)).jobId
    const ended: string[] = []
    for (const outcome of outcomes) {
      const id = await reserve()
      await endJobs(user.ctx, sql`id = ${id}`, outcome)
      ended.push(id)
    }
    return { ...user, predictor, ended, open: await reserve() }
  }

  /** Everything that the statements below could change, as text. */
  async function snapshot() {
    const { ctx, userId, predictor } = world
    const { rows } = await ctx.db.execute(sql`select
      (select json_agg(j order by id) from jobs as j where user_id = ${userId})::text as jobs,
      (select json_agg(l order by id) from ledger_entries as l where user_id = ${userId})::text as entries,
      (select json_agg(a) from accounts as a where user_id = ${userId})::text as accounts,
      (select json_agg(v) from model_versions as v where id = ${predictor.versionId})::text as versions,
      (select json_agg(d) from deployments as d where version_id = ${predictor.versionId})::text as deployments,
      (select encode(bytes, 'hex') from artefacts where sha256 = ${predictor.artefactSha256}) as artefact`)
    return z.tuple([z.record(z.string(), z.string())]).parse(rows)[0]
  }

  async function expectRefusal(statement: SQL, code: string) {
    const before = await snapshot()
    const answer: unknown = await world.ctx.db.execute(statement).catch((error: unknown) => error)
    expect(databaseError(answer)?.code).toBe(code)
    expect(await snapshot()).toEqual(before)
  }

  test.each([
    ['ledger_entries', 'id', refused],
    ['artefacts', 'sha256', isReferenced],
    ['model_versions', 'id', isReferenced],
    ['deployments', 'id', refused],
  ])('to change, delete or truncate %s', async (name, key, truncated) => {
    const [table, column] = [sql.identifier(name), sql.identifier(key)]
    await expectRefusal(sql`update ${table} set ${column} = ${column}`, refused)
    await expectRefusal(sql`delete from ${table}`, refused)
    await expectRefusal(sql`truncate ${table}`, truncated)
  })

  test('to change an entry of the ledger, even by a single credit', async () => {
    const mine = sql`where user_id = ${world.userId}`
    await expectRefusal(sql`update ledger_entries set amount_credits = amount_credits + 1 ${mine}`, refused)
    await expectRefusal(sql`delete from ledger_entries ${mine}`, refused)
    await expectRefusal(
      sql`insert into ledger_entries (id, user_id, kind, amount_credits, actor_id)
        select id, user_id, kind, 0, actor_id from ledger_entries ${mine} and kind = 'top_up'
        on conflict (id) do update set amount_credits = 0`,
      refused,
    )
  })

  test('to change a job that has ended, in any way', async () => {
    for (const id of world.ended) {
      for (const change of ["status = 'queued'", 'results = null', 'price_credits = 0', 'updated_at = now()']) {
        await expectRefusal(sql`update jobs set ${sql.raw(change)} where id = ${id}`, refused)
      }
    }
  })

  test('to remove a job, whether it has ended or not', async () => {
    for (const id of [...world.ended, world.open]) await expectRefusal(sql`delete from jobs where id = ${id}`, refused)
    await expectRefusal(sql`truncate jobs`, isReferenced)
    await expectRefusal(sql`truncate jobs cascade`, refused)
  })

  test('a balance below zero, or beyond what a number holds exactly', async () => {
    const { userId } = world
    const set = (column: string, value: string) =>
      sql`update accounts set ${sql.identifier(column)} = ${value}::bigint where user_id = ${userId}`
    await expectRefusal(set('available_credits', '-1'), checkViolation)
    await expectRefusal(set('held_credits', '-1'), checkViolation)
    await expectRefusal(set('available_credits', '9007199254740990'), checkViolation)
    await expectRefusal(set('held_credits', '9007199254740991'), checkViolation)
  })

  test('a second hold, a second capture, or a release of what was captured', async () => {
    const enter = (kind: string, jobId: string | undefined, credits = 2) =>
      sql`insert into ledger_entries (user_id, kind, amount_credits, job_id, actor_id)
        values (${world.userId}, ${kind}, ${credits}, ${jobId ?? null}, 'system')`
    for (const id of world.ended) {
      for (const kind of ['hold', 'capture', 'release']) await expectRefusal(enter(kind, id), uniqueViolation)
    }
    await expectRefusal(enter('hold', world.open), uniqueViolation)
    await expectRefusal(enter('capture', undefined), checkViolation)
    await expectRefusal(enter('top_up', world.open), checkViolation)
    await expectRefusal(enter('top_up', undefined, -1), checkViolation)
  })

  test('an entry whose accounts contradict its kind', async () => {
    const generatedAlways = '428C9'
    await expectRefusal(
      sql`insert into ledger_entries (user_id, kind, amount_credits, actor_id, debit_account, credit_account)
        values (${world.userId}, 'top_up', 5, 'system', 'revenue', 'available')`,
      generatedAlways,
    )
  })
})
