import { expect, test } from 'vitest'
import { givenQstash } from './testing/given-qstash.ts'

const perSecond = (timesMs: number[], startedAtMs: number) =>
  timesMs.map((atMs) => Math.floor((atMs - startedAtMs) / 1_000))

test('no more calls in a period than the rate, and all in the end, in order', async () => {
  const { client, destination, clock, advance } = await givenQstash()
  const startedAtMs = clock.now()
  for (let n = 0; n < 7; n++)
    await client.publishJSON({ url: destination.url(), body: n, flowControl: { key: 'k', rate: 3, period: '10s' } })
  await client.publishJSON({ url: destination.url('/other'), body: 0, flowControl: { key: 'l', rate: 3 } })
  await advance(0)
  expect(await client.flowControl.get('k')).toMatchObject({
    flowControlKey: 'k',
    waitListSize: 4,
    rateMax: 3,
    rateCount: 3,
    ratePeriod: 10,
    ratePeriodStart: Math.floor(startedAtMs / 1_000),
  })
  await advance(60_000)
  expect(
    perSecond(
      destination.at('/').map(({ atMs }) => atMs),
      startedAtMs,
    ),
  ).toEqual([0, 0, 0, 10, 10, 10, 20])
  expect(destination.bodies()).toEqual(['0', '1', '2', '3', '4', '5', '6'])
  expect(destination.at('/other')).toHaveLength(1)
  expect(await client.flowControl.get('k')).toMatchObject({ waitListSize: 0, rateCount: 0 })
})

test('no more calls at the same time than the parallelism', async () => {
  const { client, destination, settle } = await givenQstash()
  let [activeCount, mostActive] = [0, 0]
  destination.answer = async () => {
    activeCount += 1
    mostActive = Math.max(mostActive, activeCount)
    await new Promise((resolve) => setImmediate(resolve))
    activeCount -= 1
    return {}
  }
  const publish = (n: number) =>
    client.publishJSON({ url: destination.url(), body: n, flowControl: { key: 'k', parallelism: 3 } })
  await Promise.all(Array.from({ length: 20 }, (_, n) => publish(n)))
  await settle()
  expect(destination.deliveries).toHaveLength(20)
  expect(mostActive).toBeLessThanOrEqual(3)
  expect(await client.flowControl.get('k')).toMatchObject({ parallelismMax: 3, parallelismCount: 0 })
  expect(await client.flowControl.getGlobalParallelism()).toMatchObject({ parallelismCount: 0 })
})

test('a message waiting for its retry holds no place', async () => {
  const { client, destination, settle } = await givenQstash()
  destination.answer = ({ body }) => ({ status: body === '1' ? 500 : 200 })
  const flowControl = { key: 'k', parallelism: 1 }
  await client.publishJSON({ url: destination.url(), body: 1, flowControl })
  await client.publishJSON({ url: destination.url(), body: 2, flowControl })
  await settle()
  expect(destination.bodies()).toEqual(['1', '2'])
})

test('a paused key keeps its messages waiting until it is resumed', async () => {
  const { client, destination, advance, settle } = await givenQstash()
  await client.flowControl.pause('k')
  await client.publishJSON({ url: destination.url(), body: 1, flowControl: { key: 'k', rate: 1 } })
  await advance(60_000)
  expect(destination.deliveries).toHaveLength(0)
  expect(await client.flowControl.get('k')).toMatchObject({ isPaused: true, waitListSize: 1 })
  await client.flowControl.resume('k')
  await settle()
  expect(destination.deliveries).toHaveLength(1)
})

test('pinned limits hold against what messages bring, until unpinned', async () => {
  const { client, destination, settle } = await givenQstash()
  const publish = () =>
    client.publishJSON({ url: destination.url(), body: 1, flowControl: { key: 'k', rate: 100, period: 60 } })
  await client.flowControl.pin('k', { rate: 1, period: 3_600, parallelism: 5 })
  await publish()
  await publish()
  await settle()
  expect(destination.deliveries).toHaveLength(1)
  expect(await client.flowControl.get('k')).toMatchObject({
    isPinnedRate: true,
    isPinnedParallelism: true,
    rateMax: 1,
    ratePeriod: 3_600,
    parallelismMax: 5,
  })
  await client.flowControl.unpin('k', { rate: true, parallelism: true })
  await publish()
  await settle()
  expect(destination.deliveries).toHaveLength(3)
  expect(await client.flowControl.get('k')).toMatchObject({ isPinnedRate: false, rateMax: 100, parallelismMax: 0 })
})

test('resetting the rate starts a new period at once', async () => {
  const { client, destination, settle } = await givenQstash()
  for (const n of [1, 2, 3])
    await client.publishJSON({ url: destination.url(), body: n, flowControl: { key: 'k', rate: 1, period: '1d' } })
  await client.flowControl.resetRate('k')
  await settle()
  expect(destination.bodies()).toEqual(['1', '2'])
})

test('a cancelled message does not use up the rate; keys can be listed; an unknown key is not found', async () => {
  const { client, destination, request, advance } = await givenQstash()
  const flowControl = { key: 'a/b c', rate: 1, period: 10 }
  const publish = (n: number) => client.publishJSON({ url: destination.url(), body: n, flowControl })
  await publish(1)
  const second = await publish(2)
  await publish(3)
  await client.messages.cancel(second.messageId)
  await advance(10_000)
  expect(destination.bodies()).toEqual(['1', '3'])
  const listed = await request('GET', '/v2/flowControl')
  expect(await listed.json()).toMatchObject([{ flowControlKey: 'a/b c' }])
  await expect(client.flowControl.get('unknown')).rejects.toThrow('not found')
})
