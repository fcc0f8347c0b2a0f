import { expect, test } from 'vitest'
import { givenQstash } from './testing/given-qstash.ts'

const DAY_MS = 86_400_000
const secondsBetween = (timesMs: number[]) =>
  timesMs.slice(1).map((atMs, i) => Math.round((atMs - (timesMs[i] ?? 0)) / 1_000))

test('failures are tried again after 12 s, 2 m 28 s, 30 m 8 s, 6 h 7 m 6 s, then daily', async () => {
  const { client, destination, advance } = await givenQstash()
  destination.answer = () => ({ status: 503 })
  await client.publishJSON({ url: destination.url(), body: 1, retries: 6 })
  await advance(5 * DAY_MS)
  expect(secondsBetween(destination.deliveries.map(({ atMs }) => atMs))).toEqual([
    12, 148, 1_808, 22_026, 86_400, 86_400,
  ])
  expect(destination.deliveries.map(({ headers }) => headers['upstash-retried'])).toEqual('0123456'.split(''))
  expect(new Set(destination.deliveries.map(({ headers }) => headers['upstash-message-id'])).size).toBe(1)
})

test('three retries are the default, and a success ends them', async () => {
  const { client, destination, advance } = await givenQstash()
  destination.answer = ({ target, headers }) => ({
    status: target === '/never' || headers['upstash-retried'] === '0' ? 500 : 200,
  })
  await client.publishJSON({ url: destination.url('/never'), body: 1 })
  await client.publishJSON({ url: destination.url('/second'), body: 1 })
  await client.publishJSON({ url: destination.url('/never-once'), body: 1, retries: 0 })
  await advance(10 * DAY_MS)
  expect(destination.at('/never')).toHaveLength(4)
  expect(destination.at('/second')).toHaveLength(2)
})

test('a retry delay expression sets the delays', async () => {
  const { client, destination, advance } = await givenQstash()
  destination.answer = () => ({ status: 500 })
  await client.publishJSON({
    url: destination.url(),
    body: 1,
    retries: 4,
    retryDelay: 'max(3, pow(2, retried)) * 1000',
  })
  await advance(DAY_MS)
  expect(secondsBetween(destination.deliveries.map(({ atMs }) => atMs))).toEqual([3, 3, 4, 8])
})

test('all delays before retries are scaled when asked', async () => {
  const { client, destination, advance } = await givenQstash({ retryDelayScale: 0.01 })
  destination.answer = () => ({ status: 500 })
  await client.publishJSON({ url: destination.url(), body: 1, retries: 1, retryDelay: '5000' })
  await advance(50)
  expect(destination.deliveries).toHaveLength(2)
})

test.for([
  [{ 'retry-after': '7' }, 7],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': '6m5s' }, 365],
  [{ 'retry-after': '1500ms' }, 2],
  [{ 'x-ratelimit-reset': '42' }, 42],
  [{ 'x-ratelimit-reset-requests': '1m' }, 60],
  [{ 'x-ratelimit-reset-tokens': '3s' }, 3],
  [{ 'retry-after': '100000' }, 12],
  [{ 'retry-after': 'whenever' }, 12],
] as const)('%j delays the next attempt by %i s', async ([headers, expectedS]) => {
  const { client, destination, advance } = await givenQstash()
  destination.answer = () => ({ status: 429, headers })
  await client.publishJSON({ url: destination.url(), body: 1, retries: 1 })
  await advance(DAY_MS)
  expect(secondsBetween(destination.deliveries.map(({ atMs }) => atMs))).toEqual([expectedS])
})

test('a date to retry after is a date', async () => {
  const { client, destination, clock, advance } = await givenQstash()
  const atMs = Math.ceil(clock.now() / 1_000) * 1_000 + 90_000
  destination.answer = () => ({ status: 503, headers: { 'retry-after': new Date(atMs).toUTCString() } })
  await client.publishJSON({ url: destination.url(), body: 1, retries: 1 })
  await advance(DAY_MS)
  expect(destination.deliveries[1]?.atMs).toBe(atMs)
})

test('status 489 with the non-retryable header ends it at once; without it, it is a failure like others', async () => {
  const { client, destination, advance } = await givenQstash()
  destination.answer = ({ target }) => ({
    status: 489,
    headers: { 'Upstash-NonRetryable-Error': String(target === '/fatal') },
  })
  await client.publishJSON({ url: destination.url('/fatal'), body: 1 })
  await client.publishJSON({ url: destination.url('/other'), body: 1 })
  await advance(DAY_MS)
  expect(destination.at('/fatal')).toHaveLength(1)
  expect(destination.at('/other')).toHaveLength(4)
  const { messages } = await client.dlq.listMessages()
  expect(messages.map(({ url, responseStatus }) => [url, responseStatus])).toEqual([
    [destination.url('/other'), 489],
    [destination.url('/fatal'), 489],
  ])
})

test('an answer that does not come in time is a failure', async () => {
  const { client, destination, clock, settle } = await givenQstash()
  const arrived = Promise.withResolvers<void>()
  destination.answer = () => {
    arrived.resolve()
    return new Promise(() => {})
  }
  await client.publishJSON({ url: destination.url(), body: 1, retries: 0, timeout: 5 })
  await arrived.promise
  await clock.advance(5_000, async () => {})
  await settle()
  const { messages } = await client.dlq.listMessages()
  expect(messages).toMatchObject([{ responseStatus: 0, responseBody: 'timeout' }])
})

test('a destination that is not there, or hangs up, is a failure', async () => {
  const { client, destination, advance } = await givenQstash()
  destination.answer = () => ({ isCut: true })
  await client.publishJSON({ url: 'http://127.0.0.1:1/', body: 1, retries: 1 })
  await client.publishJSON({ url: destination.url(), body: 1, retries: 1 })
  await advance(DAY_MS)
  const { messages } = await client.dlq.listMessages()
  expect(messages.map(({ responseStatus }) => responseStatus)).toEqual([0, 0])
  const errors = await client.logs({ filter: { state: 'ERROR', url: 'http://127.0.0.1:1/' } })
  expect(errors.logs).toHaveLength(2)
  expect(errors.logs[0]?.error).toContain('ECONNREFUSED')
})

test('a redirection is not followed', async () => {
  const { client, destination, settle } = await givenQstash()
  destination.answer = () => ({ status: 302, headers: { location: destination.url('/there') } })
  await client.publishJSON({ url: destination.url('/here'), body: 1, retries: 0 })
  await settle()
  expect(destination.deliveries.map(({ target }) => target)).toEqual(['/here'])
  expect((await client.dlq.listMessages()).messages).toMatchObject([{ responseStatus: 302 }])
})
