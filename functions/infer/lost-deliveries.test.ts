import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import predict from '#functions/predict/index.ts'
import { sweepJobs } from '#functions/predict/sweep-jobs.ts'
import type { Message } from '#shared/queue.ts'
import { call } from '#shared/testing/call.ts'
import { answering, givenReceiver } from '#shared/testing/receiver.ts'
import { testContext } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'
import { claimDelivery } from './claim-delivery.ts'
import { recordDelivered, recordFailed } from './record-attempt.ts'
import { givenDelivery } from './testing/deliveries.ts'

type Given = Awaited<ReturnType<typeof givenDelivery>>
const answered = { status: 500, reason: null, at: new Date(0).toISOString() }

async function claimed(delivery: Given) {
  const claim = await claimDelivery(delivery.user.ctx, delivery.deliveryId)
  if (claim.kind !== 'claimed') throw new Error(`it is ${claim.kind}`)
  return claim.delivery
}

async function redeliver({ user, endpoint, deliveryId }: Given) {
  const path = `/webhooks/${endpoint.id}/deliveries/${deliveryId}/redeliver`
  return call(predict, 'POST', path, { token: await user.token() })
}

/** Runs the sweep as if everything had waited this long, and tells which messages it published. */
async function sweptAfter(seconds: number, delivery: Given) {
  const earlier = sql`${`${seconds} seconds`}::interval`
  await delivery.user.ctx.db.execute(sql`
    update webhook_deliveries set updated_at = updated_at - ${earlier}, next_attempt_at = next_attempt_at - ${earlier}
    where id = ${delivery.deliveryId}`)
  const published: string[] = []
  const queue = {
    publish: async (messages: readonly Message[]) =>
      void published.push(...messages.map(({ body }) => body.delivery_id ?? '')),
  }
  await sweepJobs({ ...testContext(), queue })
  return published.filter((id) => id === delivery.deliveryId)
}

describe.skipIf(!hasServices)('webhook messages that got lost', () => {
  test('a sender that dies after it sent leaves the message to be sent again when its lease is over', async () => {
    await using receiver = await givenReceiver(answering(200))
    const delivery = await givenDelivery(receiver.url)
    await claimed(delivery)
    expect((await delivery.callback()).status).toBe(503)
    await delivery.becomeDue()
    expect((await delivery.callback()).body).toMatchObject({ outcome: 'delivered' })
    expect(await delivery.row()).toMatchObject({ status: 'delivered', attempts: 2 })
  })

  test('who comes late may tell of a success, but not of a failure', async () => {
    await using receiver = await givenReceiver(answering(200))
    const delivery = await givenDelivery(receiver.url)
    const late = await claimed(delivery)
    await delivery.becomeDue()
    const next = await claimed(delivery)
    await recordFailed(delivery.user.ctx, late, answered)
    expect(await delivery.row()).toMatchObject({ status: 'pending', last_answer: null })
    await recordDelivered(delivery.user.ctx, late, { ...answered, status: 200 })
    await recordFailed(delivery.user.ctx, next, answered)
    expect(await delivery.row()).toMatchObject({ status: 'delivered', last_answer: { status: 200 } })
  })

  test('the sweep publishes what nobody sent, but not what waits for its next attempt', async () => {
    await using receiver = await givenReceiver(answering(500))
    const delivery = await givenDelivery(receiver.url)
    expect(await sweptAfter(0, delivery)).toEqual([])
    expect(await sweptAfter(40, delivery)).toEqual([delivery.deliveryId])
    expect(await sweptAfter(0, delivery)).toEqual([])
    await delivery.callback()
    await delivery.becomeDue()
    await delivery.callback({ retried: 3 })
    expect(await delivery.row()).toMatchObject({ seconds_left: 300 })
    expect(await sweptAfter(200, delivery)).toEqual([])
    expect(await sweptAfter(200, delivery)).toEqual([delivery.deliveryId])
  })

  test('a message can be sent again at its owner’s word, with the same id', async () => {
    await using receiver = await givenReceiver(answering(200))
    const delivery = await givenDelivery(receiver.url)
    await delivery.callback()
    const answer = await redeliver(delivery)
    expect(answer.status).toBe(202)
    expect(answer.body).toMatchObject({ id: delivery.deliveryId, status: 'pending', attempts: 0 })
    await delivery.callback()
    const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
    expect(ids).toEqual([delivery.deliveryId, delivery.deliveryId])
    expect(await delivery.row()).toMatchObject({ status: 'delivered', attempts: 1 })
  })

  test('nothing is sent again to an endpoint that wants no more', async () => {
    await using receiver = await givenReceiver(answering(410))
    const delivery = await givenDelivery(receiver.url)
    await delivery.callback()
    const answer = await redeliver(delivery)
    expect(answer.status).toBe(409)
    expect(answer.body).toMatchObject({ code: 'webhook_disabled' })
    expect(await delivery.row()).toMatchObject({ status: 'failed' })
  })

  test('its owner reads what was answered', async () => {
    await using receiver = await givenReceiver(answering(503))
    const delivery = await givenDelivery(receiver.url)
    await delivery.callback()
    const path = `/webhooks/${delivery.endpoint.id}/deliveries`
    const { body } = await call(predict, 'GET', path, { token: await delivery.user.token() })
    expect(body).toMatchObject({
      items: [
        {
          id: delivery.deliveryId,
          job_id: delivery.jobId,
          status: 'pending',
          attempts: 1,
          last_answer: { status: 503, reason: null, at: expect.any(String) },
          next_attempt_at: expect.any(String),
        },
      ],
      next_cursor: null,
    })
  })
})
