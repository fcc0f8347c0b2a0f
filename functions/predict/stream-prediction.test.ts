import { describe, expect, test } from 'vitest'
import { systemClock } from '#shared/clock.ts'
import { givenUser } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'
import { givenJobs } from './testing/changes.ts'
import { allBlocks, type Block, blocksOf, follow, steppingClock } from './testing/events.ts'

const statuses = (blocks: Block[]) => blocks.flatMap(({ data }) => data?.status ?? [])
const nothing = () => {}

async function givenJob() {
  const jobs = await givenJobs()
  const jobId = await jobs.submit()
  return { jobs, jobId, path: `/predict/${jobId}/events`, token: await jobs.user.token() }
}

describe.skipIf(!hasServices)('the events of a job', () => {
  test('tell its state now and after each change, with its revision, and end with it', async () => {
    const { jobs, jobId, path, token } = await givenJob()
    const clock = steppingClock([nothing, () => jobs.start(jobId), nothing, () => jobs.finish(jobId), nothing])
    const response = await follow(path, { clock, token })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(response.headers.get('cache-control')).toContain('no-store')
    const blocks = await allBlocks(response)
    expect(blocks[0]).toEqual({ retry: '2000' })
    expect(blocks.slice(1).map(({ event, id }) => [event, id])).toEqual([
      ['status', '1'],
      ['status', '2'],
      ['status', '3'],
    ])
    expect(statuses(blocks)).toEqual(['queued', 'running', 'finished'])
    expect(blocks.at(-1)?.data).toMatchObject({ job_id: jobId, result: 3, data: { x: [1] } })
  })

  test('go on after the last one that was got', async () => {
    const { jobs, jobId, path, token } = await givenJob()
    await jobs.start(jobId)
    const steps = [nothing, () => jobs.finish(jobId)]
    const blocks = await allBlocks(await follow(path, { clock: steppingClock(steps), token, lastEventId: '2' }))
    expect(statuses(blocks)).toEqual(['finished'])
    const missed = await allBlocks(await follow(path, { clock: steppingClock(), token, lastEventId: '1' }))
    expect(statuses(missed)).toEqual(['finished'])
  })

  test('are over for who has seen the end: 204, so that EventSource does not come back', async () => {
    const { jobs, jobId, path, token } = await givenJob()
    await jobs.cancel(jobId)
    const again = await follow(path, { clock: steppingClock(), token, lastEventId: '2' })
    expect(again.status).toBe(204)
    expect(statuses(await allBlocks(await follow(path, { clock: steppingClock(), token })))).toEqual(['cancelled'])
  })

  test('have a heartbeat every 15 seconds, and end after minutes with a hint to come back', async () => {
    const { path, token } = await givenJob()
    const clock = steppingClock(Array.from({ length: 1_000 }, () => nothing))
    const blocks = await allBlocks(await follow(path, { clock, token }))
    const heartbeats = blocks.filter(({ comment }) => comment === 'heartbeat')
    const minutes = clock.slept.reduce((a, b) => a + b, 0) / 60_000
    expect(minutes).toBeGreaterThan(3)
    expect(minutes).toBeLessThan(5)
    expect(clock.slept.length).toBeLessThanOrEqual(300)
    expect(heartbeats.length).toBeGreaterThanOrEqual(Math.floor(minutes * 4) - 1)
    expect(blocks.at(-1)).toEqual({ retry: '100' })
  })

  test('look often at first, then once a second', async () => {
    const { path, token } = await givenJob()
    const clock = steppingClock(Array.from({ length: 20 }, () => nothing))
    await allBlocks(await follow(path, { clock, token }))
    expect(clock.slept[0]).toBe(50)
    expect(clock.slept.slice(1).indexOf(1_000)).toBeLessThan(10)
    expect(Math.max(...clock.slept)).toBe(1_000)
  })

  test('stop when the client goes away', async () => {
    const { jobs, path, token } = await givenJob()
    const clock = steppingClock(Array.from({ length: 1_000 }, () => nothing))
    for await (const { data } of blocksOf(await follow(path, { clock, token }))) if (data) break
    const looks = clock.slept.length
    // Time enough for ten more looks, had it not stopped.
    for (let i = 0; i < 10; i++) await jobs.user.jobs()
    expect(clock.slept.length).toBeLessThanOrEqual(looks + 1)
  })

  test("of another user's job do not exist, nor do those of no job", async () => {
    const { path } = await givenJob()
    const token = await (await givenUser()).token()
    for (const address of [path, `/predict/job_${'0'.repeat(32)}/events`, '/predict/x/events']) {
      expect((await follow(address, { clock: systemClock, token })).status).toBe(404)
    }
    expect((await follow(path, { clock: systemClock, token: 'nonsense' })).status).toBe(401)
  })

  test.each(['-1', '1.5', 'x', '99999999999'])('an id that no event had is refused: %s', async (lastEventId) => {
    const { path, token } = await givenJob()
    expect((await follow(path, { clock: systemClock, token, lastEventId })).status).toBe(422)
  })
})
