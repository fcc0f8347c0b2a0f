import { expect, test } from 'vitest'
import { z } from 'zod'
import { givenQstash } from './testing/given-qstash.ts'

const Callback = z.object({
  status: z.number(),
  header: z.record(z.string(), z.array(z.string())),
  body: z.string(),
  retried: z.number(),
  maxRetries: z.number(),
  dlqId: z.string().optional(),
  sourceMessageId: z.string(),
  url: z.string(),
  method: z.string(),
  sourceHeader: z.record(z.string(), z.array(z.string())),
  sourceBody: z.string(),
  notBefore: z.number(),
  createdAt: z.number(),
  callerIP: z.string(),
})

const parse = (body: string) => Callback.parse(JSON.parse(body))
const plain = (base64: string) => Buffer.from(base64, 'base64').toString()

test('a callback tells the answer and what was sent', async () => {
  const { client, destination, settle } = await givenQstash()
  destination.answer = ({ target }) =>
    target === '/work' ? { status: 201, headers: { 'x-a': 'b' }, body: 'done' } : {}
  const { messageId } = await client.publishJSON({
    url: destination.url('/work'),
    body: { n: 1 },
    headers: { 'x-sent': 's' },
    callback: destination.url('/callback'),
    failureCallback: destination.url('/failed'),
  })
  await settle()
  const [delivery] = destination.at('/callback')
  const callback = parse(delivery?.body ?? '')
  expect(callback).toMatchObject({
    status: 201,
    retried: 0,
    maxRetries: 3,
    sourceMessageId: messageId,
    url: destination.url('/work'),
    method: 'POST',
    callerIP: '127.0.0.1',
  })
  expect(plain(callback.body)).toBe('done')
  expect(plain(callback.sourceBody)).toBe('{"n":1}')
  expect(callback.header['x-a']).toEqual(['b'])
  expect(callback.sourceHeader).toMatchObject({ 'x-sent': ['s'], 'content-type': ['application/json'] })
  expect(delivery?.headers['content-type']).toBe('application/json')
  expect(delivery?.headers['upstash-message-id']).not.toBe(messageId)
  expect(destination.at('/failed')).toHaveLength(0)
})

test('every failed attempt calls back; the failure callback comes once, at the end, and names the dead letter', async () => {
  const { client, destination, advance } = await givenQstash()
  destination.answer = ({ target }) => ({ status: target === '/work' ? 500 : 200, body: 'no' })
  await client.publishJSON({
    url: destination.url('/work'),
    body: 1,
    retries: 2,
    callback: destination.url('/callback'),
    failureCallback: destination.url('/failed'),
  })
  await advance(86_400_000)
  const callbacks = destination.bodies('/callback').map(parse)
  expect(callbacks.map(({ status, retried }) => [status, retried])).toEqual([
    [500, 0],
    [500, 1],
    [500, 2],
  ])
  const failures = destination.bodies('/failed').map(parse)
  const { messages } = await client.dlq.listMessages()
  expect(failures).toMatchObject([{ status: 500, retried: 2, dlqId: messages[0]?.dlqId }])
  expect(messages).toHaveLength(1)
})

test('a callback is a message with its own headers, retries and dead letter', async () => {
  const { destination, request, advance, client } = await givenQstash()
  destination.answer = ({ target }) => ({ status: target === '/callback' ? 500 : 200 })
  await request('POST', `/v2/publish/${destination.url('/work')}`, {
    headers: {
      'upstash-callback': destination.url('/callback'),
      'upstash-callback-retries': '1',
      'upstash-callback-method': 'PUT',
      'upstash-callback-delay': '10s',
      'upstash-callback-retry-delay': '2000',
      'upstash-callback-forward-x-mine': 'yes',
      'upstash-forward-x-theirs': 'yes',
    },
  })
  await advance(9_999)
  expect(destination.at('/callback')).toHaveLength(0)
  await advance(2_001)
  expect(destination.at('/callback')).toMatchObject([{ method: 'PUT' }, { method: 'PUT' }])
  const [first] = destination.at('/callback')
  expect(first?.headers['x-mine']).toBe('yes')
  expect(first?.headers['x-theirs']).toBeUndefined()
  expect((await client.dlq.listMessages()).messages).toMatchObject([{ url: destination.url('/callback') }])
})

test('an unreachable destination calls back with status 0', async () => {
  const { client, destination, settle } = await givenQstash()
  await client.publishJSON({ url: 'http://127.0.0.1:1/', body: 1, retries: 0, callback: destination.url('/callback') })
  await settle()
  expect(destination.bodies('/callback').map(parse)).toMatchObject([{ status: 0 }])
})
