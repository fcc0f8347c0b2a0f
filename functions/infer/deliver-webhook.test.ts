import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { call, signedDelivery } from '#shared/testing/call.ts'
import { answering, givenReceiver } from '#shared/testing/receiver.ts'
import { hasServices, testBindings } from '#shared/testing/world.ts'
import { givenDelivery, infer } from './testing/deliveries.ts'

const retriesAfter = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]

describe.skipIf(!hasServices)('webhook messages', () => {
  test('the official library accepts what arrives, and it says how the job ended', async () => {
    await using receiver = await givenReceiver(answering(204))
    const delivery = await givenDelivery(receiver.url)
    expect((await delivery.callback()).body).toMatchObject({ outcome: 'delivered' })
    const [message] = receiver.received
    const headers = message?.headers as Record<string, string>
    expect(headers['webhook-id']).toBe(delivery.deliveryId)
    expect(headers['content-type']).toBe('application/json')
    const body = new Webhook(delivery.secret).verify(message?.body ?? '', headers)
    expect(body).toMatchObject({
      type: 'job.finished',
      timestamp: expect.any(String),
      data: {
        job_id: delivery.jobId,
        status: 'finished',
        model_name: delivery.predictor.predictorName,
        result: 12.5,
        rows: 2,
        price: 2,
        error: null,
      },
    })
    expect(message?.body).not.toContain('"x"')
    expect(await delivery.row()).toMatchObject({ status: 'delivered', attempts: 1, last_answer: { status: 204 } })
  })

  test('a job that failed is told with its error', async () => {
    await using receiver = await givenReceiver(answering(200))
    const error = { code: 'gave_up', message: 'It could not be run' } as const
    const delivery = await givenDelivery(receiver.url, { status: 'failed', error })
    await delivery.callback()
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
      type: 'job.failed',
      data: { status: 'failed', result: null, error },
    })
  })

  test('a delivered message is not sent again, whatever the queue does', async () => {
    await using receiver = await givenReceiver(answering(200))
    const delivery = await givenDelivery(receiver.url)
    await delivery.callback()
    const before = await delivery.row()
    expect((await delivery.callback()).body).toMatchObject({ outcome: 'settled_before' })
    await delivery.becomeDue()
    expect((await delivery.callback()).body).toMatchObject({ outcome: 'settled_before' })
    expect(receiver.received).toHaveLength(1)
    expect(await delivery.row()).toMatchObject({ status: before.status, attempts: before.attempts })
  })

  test('of callbacks that arrive at once, one sends', async () => {
    await using receiver = await givenReceiver(answering(200))
    const delivery = await givenDelivery(receiver.url)
    const answers = await Promise.all(Array.from({ length: 8 }, () => delivery.callback()))
    expect(receiver.received).toHaveLength(1)
    expect(answers.filter(({ body }) => (body as { outcome: string }).outcome === 'delivered')).toHaveLength(1)
    expect(answers.every(({ status }) => status === 200 || status === 503)).toBe(true)
  })

  test('what fails is due again by the schedule of Standard Webhooks, and has failed after the last attempt', async () => {
    await using receiver = await givenReceiver(answering(500, 404, 302))
    const delivery = await givenDelivery(receiver.url)
    for (const seconds of retriesAfter) {
      await delivery.becomeDue()
      const answer = await delivery.callback()
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toBe(String(seconds))
      expect(await delivery.row()).toMatchObject({ status: 'pending', seconds_left: seconds })
    }
    await delivery.becomeDue()
    expect((await delivery.callback()).body).toMatchObject({ outcome: 'failed' })
    expect(await delivery.row()).toMatchObject({ status: 'failed', attempts: 10, last_answer: { status: 302 } })
    expect(receiver.received).toHaveLength(10)
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  })

  test('a callback before its time sends nothing and asks to be called later', async () => {
    await using receiver = await givenReceiver(answering(500))
    const delivery = await givenDelivery(receiver.url)
    await delivery.callback()
    const early = await delivery.callback({ retried: 1 })
    expect(early.status).toBe(503)
    expect(Number(early.headers.get('retry-after'))).toBeLessThanOrEqual(5)
    expect(receiver.received).toHaveLength(1)
  })

  test('when the queue will not come back, the answer is final for it, and the message waits for the sweep', async () => {
    await using receiver = await givenReceiver(answering(500))
    const delivery = await givenDelivery(receiver.url)
    const last = await delivery.callback({ retried: 3 })
    expect(last.status).toBe(200)
    expect(last.body).toMatchObject({ outcome: 'put_off' })
    expect(await delivery.row()).toMatchObject({ status: 'pending', seconds_left: 5 })
  })

  test('a receiver may ask for more time, but for a day at most', async () => {
    await using receiver = await givenReceiver((response) => response.writeHead(429, { 'retry-after': '999999' }).end())
    const delivery = await givenDelivery(receiver.url)
    expect((await delivery.callback()).headers.get('retry-after')).toBe('86400')
  })

  test('410 disables the endpoint; what still waits for it fails unsent', async () => {
    await using receiver = await givenReceiver(answering(410))
    const delivery = await givenDelivery(receiver.url)
    expect((await delivery.callback()).body).toMatchObject({ outcome: 'failed' })
    const row = await delivery.row()
    expect(row).toMatchObject({ status: 'failed', last_answer: { status: 410 } })
    expect(row.disabled_at).not.toBeNull()
    expect((await delivery.callback()).body).toMatchObject({ outcome: 'settled_before' })
    expect(receiver.received).toHaveLength(1)
  })

  test('a redirect is not followed: it is an answer other than 2xx', async () => {
    await using elsewhere = await givenReceiver(answering(200))
    await using receiver = await givenReceiver((response) => response.writeHead(307, { location: elsewhere.url }).end())
    const delivery = await givenDelivery(receiver.url)
    expect((await delivery.callback()).status).toBe(503)
    expect(elsewhere.received).toHaveLength(0)
    expect(await delivery.row()).toMatchObject({ status: 'pending', last_answer: { status: 307 } })
  })

  test('where nobody listens, the message is tried again', async () => {
    const receiver = await givenReceiver(answering(200))
    await receiver[Symbol.asyncDispose]()
    const delivery = await givenDelivery(receiver.url)
    expect((await delivery.callback()).status).toBe(503)
    expect(await delivery.row()).toMatchObject({
      status: 'pending',
      last_answer: { status: null, reason: 'unreachable' },
    })
  })

  test('in production, an address that is not allowed is not called', async () => {
    await using receiver = await givenReceiver(answering(200))
    const delivery = await givenDelivery(receiver.url)
    const bindings = { ...testBindings(), ENVIRONMENT: 'production' }
    expect((await delivery.callback({ bindings })).body).toMatchObject({ outcome: 'failed' })
    expect(receiver.received).toHaveLength(0)
    expect(await delivery.row()).toMatchObject({ status: 'failed', last_answer: { reason: 'url_not_allowed' } })
  })

  test('nobody but the queue has messages sent', async () => {
    await using receiver = await givenReceiver(answering(200))
    const { deliveryId, row } = await givenDelivery(receiver.url)
    const path = '/infer/webhook_deliveries'
    const forged = await signedDelivery({ path, body: { delivery_id: deliveryId }, key: 'sig_of_somebody_else' })
    expect((await call(infer, 'POST', path, forged)).status).toBe(401)
    expect((await call(infer, 'POST', path, { body: { delivery_id: deliveryId } })).status).toBe(401)
    expect(receiver.received).toHaveLength(0)
    expect(await row()).toMatchObject({ status: 'pending', attempts: 0 })
  })
})
