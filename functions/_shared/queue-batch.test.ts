import { expect, test } from 'vitest'
import { startQstash } from '#infra/local/qstash/start.ts'
import { createQueue } from './queue.ts'
import { answering, givenReceiver } from './testing/receiver.ts'
import { signingKeys } from './testing/world.ts'

const token = 'a token of this test'

test('many messages are accepted in few requests, each is delivered once, and equal ids are one message', async () => {
  await using receiver = await givenReceiver(answering(200))
  const qstash = await startQstash({ token, currentSigningKey: signingKeys.current, nextSigningKey: signingKeys.next })
  try {
    const queue = createQueue({ PUBLIC_URL: new URL(receiver.url).origin, QSTASH_URL: qstash.url, QSTASH_TOKEN: token })
    const message = (i: number) => ({ path: '/infer', body: { job_id: `job_${i}` }, deduplicationId: `job_${i}-0` })
    await queue.publish(Array.from({ length: 250 }, (_, i) => message(i)))
    await queue.publish([message(0), message(1)])
    await queue.publish([message(2)])
    await queue.publish([])
    await qstash.idle()
    const delivered = receiver.received.map(({ body }) => body).sort()
    expect(delivered).toEqual(Array.from({ length: 250 }, (_, i) => JSON.stringify({ job_id: `job_${i}` })).sort())
  } finally {
    await qstash.close()
  }
})

test('a message that the queue refuses keeps none of the others back, and is told', async () => {
  await using receiver = await givenReceiver(answering(200))
  const qstash = await startQstash({ token, currentSigningKey: signingKeys.current, nextSigningKey: signingKeys.next })
  try {
    const queue = createQueue({ PUBLIC_URL: new URL(receiver.url).origin, QSTASH_URL: qstash.url, QSTASH_TOKEN: token })
    const good = { path: '/infer', body: { job_id: 'good' }, deduplicationId: 'good' }
    const tooLarge = { path: '/infer', body: { job_id: 'x'.repeat(2 ** 21) }, deduplicationId: 'large' }
    await expect(queue.publish([good, tooLarge])).rejects.toThrow('1 of 2 messages')
    await qstash.idle()
    expect(receiver.received.map(({ body }) => body)).toEqual([JSON.stringify(good.body)])
  } finally {
    await qstash.close()
  }
})
