import { z } from '@hono/zod-openapi'
import { type SQL, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { systemClock } from '#shared/clock.ts'
import { givenUser } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'
import { encodePosition } from './change-position.ts'
import { findChangedJobs } from './find-changed-jobs.ts'
import { givenJobs, type Jobs } from './testing/changes.ts'
import { allBlocks, type Block, blocksOf, follow, steppingClock } from './testing/events.ts'

const path = '/predict/events'
const nothing = () => {}
const told = (blocks: Block[]) => blocks.flatMap(({ data }) => (data ? [[data.job_id, data.status]] : []))

async function revisions({ user }: Jobs) {
  const { rows } = await user.ctx.db.execute(sql`select id, revision from jobs where user_id = ${user.userId}`)
  const parsed = z.array(z.object({ id: z.string(), revision: z.coerce.number() })).parse(rows)
  return new Map(parsed.map(({ id, revision }) => [id, revision]))
}

/** Something that happens to the jobs: to one of those there are, if it is about one. */
type Act = { kind: 'submit' | 'start' | 'putBack' | 'finish' | 'cancel' | 'nothing'; which: number }
const acts = fc.array(
  fc.record({
    kind: fc.constantFrom<Act['kind']>('submit', 'submit', 'start', 'start', 'putBack', 'finish', 'cancel', 'nothing'),
    which: fc.nat({ max: 7 }),
  }),
  { maxLength: 25 },
)

async function perform(jobs: Jobs, jobIds: string[], { kind, which }: Act) {
  if (kind === 'submit') jobIds.push(await jobs.submit())
  const jobId = jobIds[which % jobIds.length]
  if (jobId !== undefined && kind !== 'submit' && kind !== 'nothing') await jobs[kind](jobId)
}

describe.skipIf(!hasServices)("the events of all of one's jobs", () => {
  test('begin now, and tell each change without input and results', async () => {
    const jobs = await givenJobs()
    const token = await jobs.user.token()
    await jobs.submit()
    const jobId = await jobs.submit()
    const clock = steppingClock([nothing, () => jobs.start(jobId), nothing, () => jobs.finish(jobId), nothing, nothing])
    const blocks = await allBlocks(await follow(path, { clock, token }))
    expect(blocks[0]).toEqual({ retry: '2000', id: expect.any(String) })
    expect(told(blocks)).toEqual([
      [jobId, 'running'],
      [jobId, 'finished'],
    ])
    const last = blocks.findLast(({ data }) => data)?.data
    expect(last).toMatchObject({ result: 3, price: 1, rows: 1, revision: 3 })
    expect(last).not.toHaveProperty('data')
    expect(last).not.toHaveProperty('results')
  })

  test('whatever happens and however often the connection breaks, nothing is lost and nothing told twice', () =>
    fc.assert(
      fc.asyncProperty(acts, fc.array(fc.nat({ max: 3 }), { maxLength: 10 }), async (script, cuts) => {
        const jobs = await givenJobs()
        const token = await jobs.user.token()
        const jobIds: string[] = []
        const steps = script.map((act) => () => perform(jobs, jobIds, act))
        const seen = new Map<string, number>()
        let lastEventId: string | undefined
        // Each connection breaks after so many events; the last one stays until nothing more happens.
        for (const most of [...cuts, Number.POSITIVE_INFINITY]) {
          let got = 0
          for await (const { id, data } of blocksOf(
            await follow(path, { clock: steppingClock(steps), token, lastEventId }),
          )) {
            lastEventId = id ?? lastEventId
            if (!data) continue
            expect(data.revision).toBeGreaterThan(seen.get(data.job_id) ?? 0)
            seen.set(data.job_id, data.revision)
            if (++got > most) break
          }
        }
        expect(seen).toEqual(await revisions(jobs))
      }),
      { numRuns: 25 },
    ))

  test('more changes than fit into a batch are all told, also over broken connections', async () => {
    const jobs = await givenJobs()
    const token = await jobs.user.token()
    const { position } = await findChangedJobs(jobs.user.ctx)
    const first = await jobs.submit()
    // One statement, hence one transaction, as the sweep does it.
    await jobs.user.ctx.db.execute(sql`
      insert into jobs (id, user_id, predictor_name, version_id, artefact_sha256, status, input, row_count, price_credits)
      select 'job_' || replace(uuidv7()::text, '-', ''), user_id, predictor_name, version_id, artefact_sha256, 'queued',
        input, row_count, 0 from jobs, generate_series(1, 230) where id = ${first}`)
    const ids = [...(await revisions(jobs)).keys()]
    const seen = new Map<string, number>()
    let lastEventId = encodePosition(position)
    for (const most of [70, 70, Number.POSITIVE_INFINITY]) {
      let got = 0
      const clock = steppingClock([nothing, nothing, nothing, nothing])
      for await (const { id, data } of blocksOf(await follow(path, { clock, token, lastEventId }))) {
        lastEventId = id ?? lastEventId
        if (!data) continue
        expect(data.revision).toBeGreaterThan(seen.get(data.job_id) ?? 0)
        seen.set(data.job_id, data.revision)
        if (++got >= most) break
      }
      // In the midst of a batch: one that was told, and one that was not.
      const changing = [ids.find((id) => seen.get(id) === 1), ids.findLast((id) => !seen.has(id))]
      if (most < 100) for (const id of changing) if (id) await jobs.start(id)
    }
    expect(seen).toEqual(await revisions(jobs))
  })

  test('a change that is committed late, after changes that came later, is not lost', async ({ skip, task }) => {
    skip(task.file.projectName !== 'postgres', 'needs two transactions at once')
    const jobs = await givenJobs()
    const { ctx, userId } = jobs.user
    const [early, later] = [await jobs.submit(), await jobs.submit()]
    const { position } = await findChangedJobs(ctx)
    // Changes a job, says so by a lock, and commits only when the user has got another name.
    const slow = started(
      ctx.db.execute(
        sql.raw(`do $$ begin
          update jobs set revision = revision + 1, updated_at = now() where id = '${early}';
          perform pg_advisory_xact_lock(hashtext('${early}'));
          loop
            exit when exists (select 1 from users where id = '${userId}' and name = 'Go on');
            perform pg_sleep(0.002);
          end loop;
        end $$`),
      ),
    )
    await until(
      ctx,
      sql`exists (select 1 from pg_locks where locktype = 'advisory' and objid::bigint = hashtext(${early})::bigint & 4294967295)`,
    )
    await jobs.start(later)
    const before = await findChangedJobs(ctx, position)
    await ctx.db.execute(sql`update users set name = 'Go on' where id = ${userId}`)
    await slow
    const after = await findChangedJobs(ctx, before.position)
    expect(before.changes.map(({ job }) => job.id)).toEqual([later])
    expect(after.changes.map(({ job }) => job.id)).toEqual([early])
  })

  test("another user's jobs are never told", async () => {
    const [jobs, stranger] = [await givenJobs(), await givenUser()]
    const everything = encodePosition({ since: '3:3:' })
    const clock = steppingClock([() => jobs.submit(), nothing])
    const blocks = await allBlocks(
      await follow(path, { clock, token: await stranger.token(), lastEventId: everything }),
    )
    expect(told(blocks)).toEqual([])
  })

  test.each([
    ['no position', 'nonsense'],
    ['a number', '7'],
    ['SQL', encodePosition({ since: "1:1:'; drop table jobs" })],
    ['a snapshot that ends before it begins', encodePosition({ since: '9:3:' })],
    ['a snapshot of transactions beyond its end', encodePosition({ since: '1:9:20' })],
    ['a very long text', 'x'.repeat(9_000)],
  ])('an id that this stream did not send is refused: %s', async (_what, lastEventId) => {
    const token = await (await givenUser()).token()
    const response = await follow(path, { clock: systemClock, token, lastEventId })
    expect(response.status).toBe(422)
  })
})

/** Queries begin when somebody waits for them: here at once. */
async function started<T>(query: PromiseLike<T>): Promise<T> {
  return await query
}

async function until({ db }: Jobs['user']['ctx'], condition: SQL) {
  for (;;) {
    const { rows } = await db.execute(sql`select ${condition} as is_so`)
    if (z.object({ is_so: z.boolean() }).parse(rows[0]).is_so) return
  }
}
