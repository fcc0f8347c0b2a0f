import { expect, test } from 'vitest'
import { givenQstash } from './testing/given-qstash.ts'

test('a message arrives once, with its body, method, headers and the exact address it was sent to', async () => {
  const { client, destination, settle } = await givenQstash()
  const published = await client.publishJSON({
    url: destination.url('/infer?model=cars&x=a%20b'),
    method: 'PUT',
    body: { job_id: 'job_1', text: 'цена €' },
    headers: { 'X-Trace': 'abc', Authorization: 'Bearer theirs' },
  })
  await settle()
  expect(published.messageId).toMatch(/^msg_/)
  expect(destination.deliveries).toHaveLength(1)
  const [delivery] = destination.deliveries
  expect(delivery).toMatchObject({
    method: 'PUT',
    target: '/infer?model=cars&x=a%20b',
    body: '{"job_id":"job_1","text":"цена €"}',
    headers: {
      'content-type': 'application/json',
      'x-trace': 'abc',
      authorization: 'Bearer theirs',
      'upstash-message-id': published.messageId,
      'upstash-retried': '0',
      'user-agent': 'Upstash-QStash',
    },
  })
})

test('a message without a body is delivered by GET when asked', async () => {
  const { client, destination, settle } = await givenQstash()
  await client.publish({ url: destination.url('/ping'), method: 'GET' })
  await settle()
  expect(destination.deliveries).toMatchObject([{ method: 'GET', target: '/ping', body: '' }])
})

test('a batch is accepted item by item, and a bad item does not keep the others out', async () => {
  const { client, destination, settle, request } = await givenQstash()
  const results = await client.batchJSON([
    { url: destination.url('/a'), body: { n: 1 } },
    { url: destination.url('/b'), body: { n: 2 }, queueName: 'line' },
  ])
  await settle()
  expect(results).toHaveLength(2)
  expect(destination.bodies('/a')).toEqual(['{"n":1}'])
  expect(destination.at('/b')[0]?.headers['upstash-queue-name']).toBe('line')

  const mixed = await request('POST', '/v2/batch', {
    body: JSON.stringify([
      { destination: destination.url('/c'), body: 'good' },
      { destination: 'ftp://nowhere', body: 'bad' },
      { destination: destination.url('/c'), headers: { 'Upstash-Delay': 'soon' } },
      'no message at all',
    ]),
  })
  await settle()
  expect(mixed.status).toBe(200)
  expect(await mixed.json()).toEqual([
    { messageId: expect.stringMatching(/^msg_/), url: destination.url('/c') },
    { error: expect.stringContaining('ftp://nowhere') },
    { error: expect.stringContaining('Upstash-Delay') },
    { error: expect.any(String) },
  ])
  expect(destination.bodies('/c')).toEqual(['good'])
})

test('a delay is kept to the millisecond, and not-before wins over it', async () => {
  const { client, destination, clock, advance, settle } = await givenQstash()
  const startedAtMs = clock.now()
  const notBefore = Math.ceil(startedAtMs / 1_000) + 60
  await client.publishJSON({ url: destination.url('/delay'), body: 1, delay: 10 })
  await client.publishJSON({ url: destination.url('/duration'), body: 2, delay: '1m' })
  await client.publishJSON({ url: destination.url('/not-before'), body: 3, delay: 5, notBefore })
  await settle()
  expect(destination.deliveries).toHaveLength(0)
  await advance(9_999)
  expect(destination.deliveries).toHaveLength(0)
  await advance(120_000)
  expect(destination.deliveries.map(({ target, atMs }) => [target, atMs])).toEqual([
    ['/delay', startedAtMs + 10_000],
    ['/duration', startedAtMs + 60_000],
    ['/not-before', notBefore * 1_000],
  ])
})

test('a deduplication id is answered with the first message for ten minutes and no longer', async () => {
  const { client, destination, advance, settle } = await givenQstash()
  const publish = () => client.publishJSON({ url: destination.url(), body: { n: 1 }, deduplicationId: 'job_1' })
  const [first, second] = await Promise.all([publish(), publish()])
  await advance(599_999)
  const third = await publish()
  await settle()
  expect(destination.deliveries).toHaveLength(1)
  expect(second).toMatchObject({ messageId: first.messageId, deduplicated: true })
  expect(third).toMatchObject({ messageId: first.messageId, deduplicated: true })

  await advance(1)
  const fourth = await publish()
  await settle()
  expect(fourth.messageId).not.toBe(first.messageId)
  expect(destination.deliveries).toHaveLength(2)
})

test('a duplicate is answered 202, a new message 201', async () => {
  const { destination, request } = await givenQstash()
  const publish = () =>
    request('POST', `/v2/publish/${destination.url()}`, { headers: { 'upstash-deduplication-id': 'x' } })
  expect((await publish()).status).toBe(201)
  expect((await publish()).status).toBe(202)
})

test('content-based deduplication sees destination, body and forwarded headers', async () => {
  const { client, destination, settle } = await givenQstash()
  const publish = (path: string, body: string, header: string) =>
    client.publishJSON({
      url: destination.url(path),
      body,
      headers: { 'x-kind': header },
      contentBasedDeduplication: true,
    })
  for (const [path, body, header] of [
    ['/a', 'same', 'k'],
    ['/a', 'same', 'k'],
    ['/b', 'same', 'k'],
    ['/a', 'other', 'k'],
    ['/a', 'same', 'l'],
  ] as const)
    await publish(path, body, header)
  await settle()
  expect(destination.deliveries).toHaveLength(4)
})

test('an address sent percent-encoded is the same address', async () => {
  const { destination, request, settle } = await givenQstash()
  const encoded = encodeURIComponent(destination.url('/x?y=1'))
  expect((await request('POST', `/v2/publish/${encoded}`)).status).toBe(201)
  await settle()
  expect(destination.deliveries.map(({ target }) => target)).toEqual(['/x?y=1'])
})

test('connection headers are never forwarded', async () => {
  const { destination, request, settle } = await givenQstash()
  await request('POST', `/v2/publish/${destination.url()}`, {
    body: 'whole',
    headers: {
      'upstash-forward-content-length': '1',
      'upstash-forward-transfer-encoding': 'chunked',
      'upstash-forward-host': 'elsewhere',
      'upstash-forward-x-kept': 'yes',
    },
  })
  await settle()
  expect(destination.deliveries).toMatchObject([{ body: 'whole', headers: { 'x-kept': 'yes' } }])
  expect(destination.deliveries[0]?.headers.host).toBe(new URL(destination.url()).host)
})
