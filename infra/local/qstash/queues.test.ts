import { expect, test } from 'vitest'
import { givenQstash } from './testing/given-qstash.ts'

test('a queue keeps order: a failing message holds up those behind it until it is done', async () => {
  const { client, destination, advance, settle } = await givenQstash()
  destination.answer = ({ body, headers }) => ({
    status: body === '1' && headers['upstash-retried'] === '0' ? 500 : 200,
  })
  const queue = client.queue({ queueName: 'line' })
  for (const n of [1, 2, 3]) await queue.enqueueJSON({ url: destination.url(), body: n })
  await client.publishJSON({ url: destination.url('/outside'), body: 0 })
  await settle()
  expect(destination.bodies()).toEqual(['1'])
  expect(destination.bodies('/outside')).toEqual(['0'])
  expect(await queue.get()).toMatchObject({ name: 'line', parallelism: 1, lag: 3, paused: false })
  await advance(15_000)
  expect(destination.bodies()).toEqual(['1', '1', '2', '3'])
  expect(destination.at('/').every(({ headers }) => headers['upstash-queue-name'] === 'line')).toBe(true)
  expect((await queue.get()).lag).toBe(0)
})

test('a message that is given up makes way for the next one', async () => {
  const { client, destination, settle } = await givenQstash()
  destination.answer = ({ body }) => ({ status: body === '1' ? 500 : 200 })
  const queue = client.queue({ queueName: 'line' })
  for (const n of [1, 2]) await queue.enqueueJSON({ url: destination.url(), body: n, retries: 0 })
  await settle()
  expect(destination.bodies()).toEqual(['1', '2'])
  expect((await client.dlq.listMessages({ filter: { queueName: 'line' } })).messages).toHaveLength(1)
})

test('as many messages are on their way as the parallelism says', async () => {
  const { client, destination, settle } = await givenQstash()
  const queue = client.queue({ queueName: 'line' })
  await queue.upsert({ parallelism: 2 })
  const waiting: (() => void)[] = []
  let mostWaiting = 0
  destination.answer = async () => {
    // Answers only when both places are taken.
    const answered = new Promise<void>((resolve) => waiting.push(resolve))
    mostWaiting = Math.max(mostWaiting, waiting.length)
    if (waiting.length >= 2) for (const resolve of waiting.splice(0)) resolve()
    await answered
    return {}
  }
  for (let n = 0; n < 8; n++) await queue.enqueueJSON({ url: destination.url(), body: n })
  await settle()
  expect(destination.deliveries).toHaveLength(8)
  expect(mostWaiting).toBe(2)
})

test('a paused queue delivers nothing, not even retries, until it is resumed', async () => {
  const { client, destination, advance, settle } = await givenQstash()
  destination.answer = ({ headers }) => ({ status: headers['upstash-retried'] === '0' ? 500 : 200 })
  const queue = client.queue({ queueName: 'line' })
  await queue.enqueueJSON({ url: destination.url(), body: 1 })
  await settle()
  await queue.pause()
  await queue.enqueueJSON({ url: destination.url(), body: 2 })
  await advance(3_600_000)
  expect(destination.bodies()).toEqual(['1'])
  expect(await queue.get()).toMatchObject({ paused: true, lag: 2 })
  await queue.resume()
  await advance(60_000)
  expect(destination.bodies()).toEqual(['1', '1', '2', '2'])
})

test('upsert, list and delete; messages of a deleted queue are cancelled', async () => {
  const { client, destination, settle } = await givenQstash()
  const queue = client.queue({ queueName: 'line' })
  await queue.upsert({ parallelism: 3, paused: true })
  await client.queue({ queueName: 'another' }).upsert({})
  const { messageId } = await queue.enqueueJSON({ url: destination.url(), body: 1 })
  const queues = await queue.list()
  expect(queues.map(({ name, parallelism, paused }) => [name, parallelism, paused])).toEqual([
    ['another', 1, false],
    ['line', 3, true],
  ])
  await queue.delete()
  await settle()
  await expect(queue.get()).rejects.toThrow('not found')
  await expect(client.messages.get(messageId)).rejects.toThrow('not found')
  expect(destination.deliveries).toEqual([])
})

test('a cancelled message frees its place in the queue', async () => {
  const { client, destination, advance, settle } = await givenQstash()
  destination.answer = ({ body }) => ({ status: body === '1' ? 500 : 200 })
  const queue = client.queue({ queueName: 'line' })
  const first = await queue.enqueueJSON({ url: destination.url(), body: 1 })
  const second = await queue.enqueueJSON({ url: destination.url(), body: 2 })
  await queue.enqueueJSON({ url: destination.url(), body: 3 })
  await settle()
  await client.messages.cancel([second.messageId, first.messageId])
  await advance(0)
  expect(destination.bodies()).toEqual(['1', '3'])
  expect((await queue.get()).lag).toBe(0)
})
