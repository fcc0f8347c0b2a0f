import net from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { givenQstash } from './testing/given-qstash.ts'

test('without the token nothing is answered and nothing is done', async () => {
  const { destination, request, settle } = await givenQstash()
  for (const authorization of ['', 'Bearer', 'Bearer wrong', 'Basic dG9rZW4=', 'Bearer token-for-tests '.repeat(2)]) {
    const answer = await request('POST', `/v2/publish/${destination.url()}`, { headers: { authorization } })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toEqual({ error: expect.any(String) })
  }
  await settle()
  expect(destination.deliveries).toEqual([])
})

test.for<Record<string, string>>([
  { 'upstash-delay': 'soon' },
  { 'upstash-delay': '-5s' },
  { 'upstash-delay': '9999d' },
  { 'upstash-not-before': 'tomorrow' },
  { 'upstash-not-before': '9'.repeat(30) },
  { 'upstash-retries': '-1' },
  { 'upstash-retries': '1.5' },
  { 'upstash-retries': '1000000' },
  { 'upstash-retry-delay': 'process.exit()' },
  { 'upstash-timeout': '5 parsecs' },
  { 'upstash-method': 'TRACE' },
  { 'upstash-method': 'CONNECT' },
  { 'upstash-callback': 'not an address' },
  { 'upstash-callback': 'http://x', 'upstash-callback-retries': 'many' },
  { 'upstash-failure-callback': 'file:///etc/passwd' },
  { 'upstash-flow-control-key': 'k' },
  { 'upstash-flow-control-key': 'k', 'upstash-flow-control-value': 'rate=0' },
  { 'upstash-flow-control-key': 'k', 'upstash-flow-control-value': 'rate=1,period=never' },
  { 'upstash-flow-control-key': 'k', 'upstash-flow-control-value': 'speed=9' },
  { 'upstash-label': Array.from({ length: 50 }, (_, n) => `l${n}`).join() },
])('a publish with %j is refused and nothing is delivered', async (headers) => {
  const { destination, request, settle } = await givenQstash()
  const answer = await request('POST', `/v2/publish/${destination.url()}`, { headers })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toEqual({ error: expect.any(String) })
  await settle()
  expect(destination.deliveries).toEqual([])
})

test.for([
  ['POST', '/v2/publish/', 404],
  ['POST', '/v2/publish/not a url', 400],
  ['POST', '/v2/publish/http://', 400],
  ['POST', '/v2/publish/http:example.com', 400],
  ['POST', '/v2/publish/ftp://example.com', 400],
  ['POST', '/v2/publish/javascript:alert(1)', 400],
  ['POST', '/v2/publish/http%3A%2F%2F%E0%A4%A', 400],
  ['POST', '/v2/enqueue/bad%20name/http://example.com', 400],
  ['POST', '/v2/enqueue/http://example.com', 400],
  ['GET', '/v2/publish/http://example.com', 405],
  ['GET', '/v2/messages/%E0%A4%A', 400],
  ['GET', '/v2/messages/msg_unknown', 404],
  ['GET', '/v2/dlq/0-0', 404],
  ['GET', "/v2/dlq/1' or '1'='1", 404],
  ['GET', '/v2/dlq?cursor=x', 400],
  ['GET', '/v2/dlq?count=0', 400],
  ['GET', '/v2/events?count=-1', 400],
  ['GET', '/v2/events?cursor=1e999', 400],
  ['GET', '/v2/events?fromDate=yesterday', 400],
  ['GET', '/v2/queues/unknown', 404],
  ['DELETE', '/v2/topics/unknown', 404],
  ['DELETE', '/v2/schedules/unknown', 404],
  ['POST', '/v2/flowControl/k/pin', 400],
  ['POST', '/v2/flowControl/k/pin?rate=-1', 400],
  ['POST', '/v2/flowControl/k/pin?rate=NaN', 400],
  ['POST', '/', 404],
  ['PATCH', '/v2/nothing', 404],
] as const)('%s %s is %i', async ([method, path, status]) => {
  const { request } = await givenQstash()
  const answer = await request(method, path)
  expect(answer.status).toBe(status)
  expect(await answer.json()).toEqual({ error: expect.any(String) })
})

test('bodies of any JSON, or none, are understood or refused', async () => {
  const { request } = await givenQstash()
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('/v2/batch', '/v2/queues', '/v2/topics/t/endpoints'),
      fc.oneof(fc.json(), fc.string()),
      async (path, body) => {
        const { status } = await request('POST', path, { body })
        expect(status === 200 || (status >= 400 && status < 500)).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})

test('a message that is too large is refused, alone and in a batch; one at the limit is delivered', async () => {
  const { destination, request, settle } = await givenQstash()
  const path = `/v2/publish/${destination.url()}`
  expect((await request('POST', path, { body: 'x'.repeat(1024 * 1024 + 1) })).status).toBe(413)
  expect((await request('POST', path, { body: 'x'.repeat(1024 * 1024) })).status).toBe(201)
  expect((await request('POST', path, { body: Buffer.alloc(17 * 1024 * 1024) })).status).toBe(413)
  const batch = [{ destination: destination.url(), body: 'x'.repeat(1024 * 1024 + 1) }]
  const answer = await request('POST', '/v2/batch', { body: JSON.stringify(batch) })
  expect(await answer.json()).toEqual([{ error: expect.stringContaining('larger') }])
  await settle()
  expect(destination.deliveries).toHaveLength(1)
})

test('header values that would split a request are refused', async () => {
  const { destination, request, settle } = await givenQstash()
  const batch = ['a\r\nx-injected: 1', 'ж', '\0'].map((value) => ({
    destination: destination.url(),
    headers: { 'Upstash-Forward-X-Value': value },
  }))
  const badName = { destination: destination.url(), headers: { 'Upstash-Forward-a b': '1' } }
  const answer = await request('POST', '/v2/batch', { body: JSON.stringify([...batch, badName]) })
  expect(await answer.json()).toEqual(
    Array.from({ length: 4 }, () => ({ error: expect.stringContaining('invalid header') })),
  )
  await settle()
  expect(destination.deliveries).toEqual([])
})

test('bytes that are no HTTP do not disturb the server', async () => {
  const { qstash, request } = await givenQstash()
  const { port } = new URL(qstash.url)
  await new Promise((resolve) => {
    const socket = net.connect(Number(port), '127.0.0.1', () => socket.write('\x16\x03\x01 not http\r\n\r\n'))
    socket.on('data', () => {})
    socket.on('error', () => {})
    socket.on('close', resolve)
  })
  expect((await request('GET', '/v2/queues')).status).toBe(200)
})
