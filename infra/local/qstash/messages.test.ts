import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import { givenQstash } from './testing/given-qstash.ts'

test('a message can be looked at until it is delivered', async () => {
  const { client, destination, clock, advance } = await givenQstash()
  const { messageId } = await client.publishJSON({
    url: destination.url(),
    body: { n: 1 },
    headers: { 'x-a': 'b' },
    delay: 60,
    retries: 2,
    retryDelay: '1000 * (1 + retried)',
    callback: destination.url('/callback'),
    failureCallback: destination.url('/failed'),
    flowControl: { key: 'k', rate: 5, period: '1m', parallelism: 2 },
    label: ['one', 'two'],
  })
  expect(await client.messages.get(messageId)).toMatchObject({
    messageId,
    url: destination.url(),
    method: 'POST',
    header: { 'x-a': ['b'], 'content-type': ['application/json'] },
    body: '{"n":1}',
    maxRetries: 2,
    retryDelayExpression: '1000 * (1 + retried)',
    createdAt: clock.now(),
    notBefore: clock.now() + 60_000,
    callback: destination.url('/callback'),
    failureCallback: destination.url('/failed'),
    flowControlKey: 'k',
    rate: 5,
    period: 60,
    parallelism: 2,
    label: 'one',
    labels: ['one', 'two'],
    callerIp: '127.0.0.1',
  })
  await advance(60_000)
  await expect(client.messages.get(messageId)).rejects.toMatchObject({ status: 404 })
})

test('a body that is no text is shown in base64, and arrives byte for byte', async () => {
  const { client, destination, request } = await givenQstash()
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
  const path = `/v2/publish/${destination.url()}`
  const published = await request('POST', path, { body: bytes, headers: { 'upstash-delay': '1m' } })
  const { messageId } = await published.json()
  expect(await client.messages.get(messageId)).toMatchObject({ bodyBase64: Buffer.from(bytes).toString('base64') })
})

test('a cancelled message is not delivered, one by one, by ids, by filter, or all', async () => {
  const { client, destination, advance } = await givenQstash()
  const publish = async (path: string, label: string) => {
    const { messageId } = await client.publishJSON({ url: destination.url(path), body: 1, delay: 60, label })
    return messageId
  }
  const [one, two] = [await publish('/one', 'x'), await publish('/two', 'x')]
  for (const [path, label] of [
    ['/three', 'y'],
    ['/three', 'z'],
    ['/four', 'z'],
    ['/five', 'w'],
  ] as const)
    await publish(path, label)
  expect(await client.messages.cancel(one)).toMatchObject({ cancelled: 1 })
  await expect(client.messages.cancel(one)).rejects.toMatchObject({ status: 404 })
  expect(await client.messages.cancel([one, two])).toMatchObject({ cancelled: 1 })
  expect(await client.messages.cancel({ filter: { path: '/three', label: ['z', 'q'] } })).toMatchObject({
    cancelled: 1,
  })
  expect(await client.messages.cancel({ filter: { host: new URL(destination.url()).host, label: 'z' } })).toMatchObject(
    {
      cancelled: 1,
    },
  )
  expect(await client.messages.cancel({ filter: { url: destination.url('/three') } })).toMatchObject({ cancelled: 1 })
  expect(await client.messages.cancel({ all: true })).toMatchObject({ cancelled: 1 })
  await advance(120_000)
  expect(destination.deliveries).toEqual([])
})

test('a message cancelled while it is being delivered is not tried again', async () => {
  const { client, destination, advance } = await givenQstash()
  destination.answer = async ({ headers }) => {
    await client.messages.cancel(String(headers['upstash-message-id']))
    return { status: 500 }
  }
  await client.publishJSON({ url: destination.url(), body: 1, callback: destination.url('/callback') })
  await advance(86_400_000)
  expect(destination.deliveries).toHaveLength(1)
  expect((await client.dlq.listMessages()).messages).toEqual([])
})

test('the log tells each step of a message, newest first, in pages, by filters', async () => {
  const { client, destination, clock, advance } = await givenQstash()
  destination.answer = ({ target, headers }) => ({
    status: target === '/bad' || headers['upstash-retried'] === '0' ? 500 : 200,
  })
  const good = await client.publishJSON({ url: destination.url('/good'), body: 1, label: 'g' })
  await client.publishJSON({ url: destination.url('/bad'), body: 1, retries: 0 })
  await advance(60_000)
  const states = async (...args: Parameters<typeof client.logs>) =>
    (await client.logs(...args)).logs.map(({ state }) => state)
  const expected = ['DELIVERED', 'ACTIVE', 'RETRY', 'ERROR', 'ACTIVE', 'CREATED']
  expect(await states({ messageIds: [good.messageId] })).toEqual(expected)
  expect(await states({ filter: { label: 'g' } })).toEqual(expected)
  expect(await states({ filter: { url: destination.url('/bad') } })).toEqual(['FAILED', 'ERROR', 'ACTIVE', 'CREATED'])
  expect(await states({ filter: { state: 'RETRY' } })).toEqual(['RETRY'])
  expect(await states({ filter: { fromDate: clock.now() + 1 } })).toEqual([])

  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await client.logs({ count: 4, cursor })
    seen.push(...page.logs.map(({ state, messageId }) => `${state} ${messageId}`))
    cursor = page.cursor
  } while (cursor !== undefined)
  expect(seen).toHaveLength(10)
  expect(new Set(seen).size).toBe(9) // ACTIVE twice for the one that was tried twice
})

test('redacted fields are shown as their hash, in messages and dead letters, and still delivered', async () => {
  const { client, destination, advance } = await givenQstash()
  destination.answer = () => ({ status: 500 })
  const { messageId } = await client.publishJSON({
    url: destination.url(),
    body: 'secret',
    headers: { 'x-token': 'abc', 'x-open': 'yes' },
    retries: 0,
    delay: 1,
    redact: { body: true, header: ['X-Token'] },
  })
  const hidden = {
    body: `REDACTED:${hash('sha256', '"secret"')}`,
    header: { 'x-token': [`REDACTED:${hash('sha256', 'abc')}`], 'x-open': ['yes'] },
  }
  expect(await client.messages.get(messageId)).toMatchObject(hidden)
  await advance(1_000)
  expect(destination.deliveries).toMatchObject([{ body: '"secret"', headers: { 'x-token': 'abc' } }])
  expect((await client.dlq.listMessages()).messages).toMatchObject([hidden])
})
