import { expect, test } from 'vitest'
import { FakeClock } from './testing/fake-clock.ts'
import { givenQstash } from './testing/given-qstash.ts'

const MINUTE_MS = 60_000
const START_MS = Date.parse('2026-11-21T10:00:30Z')
const times = (deliveries: { atMs: number }[]) =>
  deliveries.map(({ atMs }) => new Date(atMs).toISOString().slice(11, 16))

test('a schedule fires once on every tick, as a message of its own', async () => {
  const { client, destination, advance } = await givenQstash({ clock: new FakeClock(START_MS) })
  const { scheduleId } = await client.schedules.create({
    destination: destination.url('/tick'),
    cron: '*/5 * * * *',
    body: JSON.stringify({ a: 1 }),
    method: 'PUT',
    headers: { 'x-kind': 'sweep' },
  })
  expect(scheduleId).toMatch(/^scd_/)
  await advance(21 * MINUTE_MS)
  expect(times(destination.deliveries)).toEqual(['10:05', '10:10', '10:15', '10:20'])
  expect(destination.deliveries[0]).toMatchObject({
    method: 'PUT',
    body: '{"a":1}',
    headers: { 'x-kind': 'sweep', 'upstash-schedule-id': scheduleId, 'content-type': 'application/json' },
  })
  expect(new Set(destination.deliveries.map(({ headers }) => headers['upstash-message-id'])).size).toBe(4)
})

test('a schedule with an id is replaced, not doubled, and tells about itself', async () => {
  const { client, destination, advance } = await givenQstash({ clock: new FakeClock(START_MS) })
  const create = (cron: string) =>
    client.schedules.create({
      destination: destination.url(),
      scheduleId: 'sweep',
      cron,
      retries: 1,
      delay: 5,
      label: 'cron',
      flowControl: { key: 'k', rate: 9 },
    })
  await create('* * * * *')
  expect(await create('*/2 * * * *')).toEqual({ scheduleId: 'sweep' })
  await advance(4 * MINUTE_MS)
  expect(times(destination.deliveries)).toEqual(['10:02', '10:04'])
  expect(destination.deliveries[0]?.atMs).toBe(Date.parse('2026-11-21T10:02:05Z'))
  expect(await client.schedules.list()).toMatchObject([
    {
      scheduleId: 'sweep',
      cron: '*/2 * * * *',
      createdAt: START_MS,
      destination: destination.url(),
      method: 'POST',
      retries: 1,
      delay: 5,
      isPaused: false,
      labels: ['cron'],
      flowControlKey: 'k',
      rate: 9,
      lastScheduleTime: Date.parse('2026-11-21T10:04:00Z'),
      nextScheduleTime: Date.parse('2026-11-21T10:06:00Z'),
    },
  ])
  const { lastScheduleStates } = await client.schedules.get('sweep')
  expect(Object.values(lastScheduleStates ?? {})).toEqual(['SUCCESS'])
})

test('a paused schedule misses its ticks and goes on with the next one after it is resumed', async () => {
  const { client, destination, advance } = await givenQstash({ clock: new FakeClock(START_MS) })
  const { scheduleId } = await client.schedules.create({ destination: destination.url(), cron: '* * * * *' })
  await client.schedules.pause({ schedule: scheduleId })
  expect(await client.schedules.get(scheduleId)).toMatchObject({ isPaused: true })
  await advance(10 * MINUTE_MS)
  expect(destination.deliveries).toHaveLength(0)
  await client.schedules.resume({ schedule: scheduleId })
  await advance(2 * MINUTE_MS)
  expect(times(destination.deliveries)).toEqual(['10:11', '10:12'])
  await client.schedules.delete(scheduleId)
  await advance(10 * MINUTE_MS)
  expect(destination.deliveries).toHaveLength(2)
  await expect(client.schedules.get(scheduleId)).rejects.toThrow('not found')
})

test('a time zone shifts the ticks; without one they are UTC', async () => {
  const { client, destination, advance } = await givenQstash({ clock: new FakeClock(START_MS) })
  await client.schedules.create({ destination: destination.url('/tokyo'), cron: 'CRON_TZ=Asia/Tokyo 0 20 * * *' })
  await client.schedules.create({ destination: destination.url('/utc'), cron: '0 20 * * *' })
  await advance(24 * 60 * MINUTE_MS)
  expect(times(destination.at('/tokyo'))).toEqual(['11:00'])
  expect(times(destination.at('/utc'))).toEqual(['20:00'])
})

test('a schedule goes to a queue or to all endpoints of a URL group', async () => {
  const { client, destination, advance } = await givenQstash({ clock: new FakeClock(START_MS) })
  await client.urlGroups.addEndpoints({
    name: 'group',
    endpoints: [{ url: destination.url('/a') }, { url: destination.url('/b') }],
  })
  await client.schedules.create({ destination: 'group', cron: '* * * * *', queueName: 'line' })
  await advance(MINUTE_MS)
  expect(destination.deliveries.map(({ target, headers }) => [target, headers['upstash-queue-name']])).toEqual([
    ['/a', 'line'],
    ['/b', 'line'],
  ])
})

test.for(['', 'soon', '* * * *', '* * * * * *', '61 * * * *', 'CRON_TZ=Nowhere/Land * * * * *'])(
  'cron "%s" is refused',
  async (cron) => {
    const { client, destination } = await givenQstash()
    await expect(client.schedules.create({ destination: destination.url(), cron })).rejects.toMatchObject({
      status: 400,
    })
    expect(await client.schedules.list()).toEqual([])
  },
)
