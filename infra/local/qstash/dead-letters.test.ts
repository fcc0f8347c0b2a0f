import { expect, test } from 'vitest'
import { type GivenQstash, givenQstash } from './testing/given-qstash.ts'

/** Messages that failed at once, one after another. */
async function givenDeadLetters(count: number): Promise<GivenQstash> {
  const given = await givenQstash()
  given.destination.answer = () => ({ status: 500, headers: { 'x-why': 'broken' }, body: 'sorry' })
  for (let n = 0; n < count; n++) {
    await given.client.publishJSON({
      url: given.destination.url(n % 2 === 0 ? '/even' : '/odd'),
      body: { n },
      retries: 0,
      label: [`n${n}`, 'all'],
    })
    await given.settle()
  }
  return given
}

test('a dead letter shows the message and the last answer', async () => {
  const { client, destination, request } = await givenDeadLetters(1)
  const { messages } = await client.dlq.listMessages()
  expect(messages).toMatchObject([
    {
      dlqId: expect.stringMatching(/^\d+-\d+$/),
      messageId: expect.stringMatching(/^msg_/),
      url: destination.url('/even'),
      method: 'POST',
      body: '{"n":0}',
      header: { 'content-type': ['application/json'] },
      maxRetries: 0,
      labels: ['n0', 'all'],
      label: 'n0',
      responseStatus: 500,
      responseBody: 'sorry',
      responseHeader: { 'x-why': ['broken'] },
    },
  ])
  const one = await request('GET', `/v2/dlq/${messages[0]?.dlqId}`)
  expect(await one.json()).toMatchObject({ messageId: messages[0]?.messageId })
})

test('pages follow one another, newest first, without gap or repetition', async () => {
  const { client } = await givenDeadLetters(7)
  const bodies: (string | undefined)[] = []
  let cursor: string | undefined
  do {
    const page = await client.dlq.listMessages({ count: 3, cursor })
    expect(page.messages.length).toBeLessThanOrEqual(3)
    bodies.push(...page.messages.map(({ body }) => body))
    cursor = page.cursor
  } while (cursor !== undefined)
  expect(bodies).toEqual([6, 5, 4, 3, 2, 1, 0].map((n) => `{"n":${n}}`))
})

test('filters select by address, label, status, message and time', async () => {
  const { client, destination, clock } = await givenDeadLetters(4)
  const bodies = async (filter: NonNullable<Parameters<typeof client.dlq.listMessages>[0]>['filter']) =>
    (await client.dlq.listMessages({ filter })).messages.map(({ body }) => body)
  expect(await bodies({ url: destination.url('/odd') })).toEqual(['{"n":3}', '{"n":1}'])
  expect(await bodies({ label: ['n0', 'n3'] })).toEqual(['{"n":3}', '{"n":0}'])
  expect(await bodies({ label: 'all', url: [destination.url('/odd'), 'http://x'] })).toHaveLength(2)
  expect(await bodies({ responseStatus: [500, 404] })).toHaveLength(4)
  expect(await bodies({ responseStatus: 404 })).toEqual([])
  expect(await bodies({ fromDate: clock.now() + 1 })).toEqual([])
  expect(await bodies({ toDate: new Date(clock.now()) })).toHaveLength(4)
  expect(await bodies({ callerIp: '127.0.0.1' })).toHaveLength(4)
})

test('dead letters are deleted by id, by ids, by filter and all, each exactly once', async () => {
  const { client, destination } = await givenDeadLetters(6)
  const ids = (await client.dlq.listMessages()).messages.map(({ dlqId }) => dlqId)
  expect(await client.dlq.delete(ids[0] ?? '')).toEqual({ deleted: 1 })
  await expect(client.dlq.delete(ids[0] ?? '')).rejects.toThrow('not found')
  expect(await client.dlq.delete(ids.slice(0, 2))).toEqual({ deleted: 1 })
  expect(await client.dlq.delete({ filter: { url: destination.url('/odd') } })).toEqual({ deleted: 2 })
  expect(await client.dlq.delete({ all: true, count: 1 })).toMatchObject({ deleted: 1, cursor: expect.any(String) })
  expect((await client.dlq.listMessages()).messages).toHaveLength(1)
})

test('a dead letter tried again is a new message with the same content, and leaves the queue', async () => {
  const { client, destination, settle, request } = await givenDeadLetters(3)
  const { messages } = await client.dlq.listMessages()
  destination.answer = () => undefined
  const { responses } = await client.dlq.retry(messages[0]?.dlqId ?? '')
  await settle()
  expect(responses).toHaveLength(1)
  expect(responses[0]?.messageId).not.toBe(messages[0]?.messageId)
  expect(destination.deliveries.at(-1)).toMatchObject({ target: '/even', body: '{"n":2}' })

  const single = await request('POST', `/v2/dlq/retry/${messages[1]?.dlqId}`)
  expect(single.status).toBe(201)
  await client.dlq.retry({ all: true })
  await settle()
  expect(destination.deliveries).toHaveLength(6)
  expect((await client.dlq.listMessages()).messages).toEqual([])
})
