import { z } from '@hono/zod-openapi'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startQstash } from '#infra/local/qstash/start.ts'
import { newId } from '#shared/ids.ts'
import { createQueue } from '#shared/queue.ts'
import { createTestGateway } from '#shared/testing/gateway.ts'
import { givenReceiver } from '#shared/testing/receiver.ts'
import { expectRefusal } from '#shared/testing/target.ts'
import { givenUser } from '#shared/testing/users.ts'
import { hasServices, signingKeys, testBindings } from '#shared/testing/world.ts'

const Page = z.object({
  items: z.array(z.looseObject({ id: z.string(), job_id: z.string().nullable() })),
  next_cursor: z.string().nullable(),
})
const whyNot = JSON.stringify({ code: 'unavailable', detail: 'x'.repeat(600) })

/** A queue of this test's own, an admin who looks at it, and an address that answers 503 until it is mended. */
async function givenQueue() {
  const { QSTASH_TOKEN } = testBindings()
  const answer = { status: 503 }
  const receiver = await givenReceiver((response) => response.writeHead(answer.status).end(whyNot))
  let onGivenUp = () => {}
  const qstash = await startQstash({
    token: QSTASH_TOKEN,
    currentSigningKey: signingKeys.current,
    nextSigningKey: signingKeys.next,
    retryDelayScale: 0,
    onEvent: ({ state }) => {
      if (state === 'FAILED') onGivenUp()
    },
  })
  onTestFinished(async () => {
    await qstash.close()
    await receiver[Symbol.asyncDispose]()
  })
  const gateway = createTestGateway({ bindings: { ...testBindings(), QSTASH_URL: qstash.url } })
  const admin = await givenUser({ role: 'admin' })
  const queue = createQueue({ PUBLIC_URL: new URL(receiver.url).origin, QSTASH_URL: qstash.url, QSTASH_TOKEN })
  const callAs = async (method: string, path: string) => gateway.call(method, path, { token: await admin.token() })
  return {
    qstash,
    receiver,
    mend() {
      answer.status = 200
    },
    call: callAs,
    list: async (query = '') => Page.parse((await callAs('GET', `/dead_letters${query}`)).body),
    /** Given up before this resolves. */
    async publish(path: string, body: Record<string, string>) {
      const givenUp = new Promise<void>((resolve) => {
        onGivenUp = resolve
      })
      await queue.publish([{ path, body, deduplicationId: newId('lease') }])
      await givenUp
    },
  }
}

describe.skipIf(!hasServices)('dead letters', () => {
  test('say what was to go where, and what was answered last', async () => {
    const { publish, list } = await givenQueue()
    const [jobId, deliveryId] = [newId('job'), `delivery_${'0'.repeat(32)}`]
    await publish('/infer', { job_id: jobId })
    await publish('/infer/webhook_deliveries', { delivery_id: deliveryId })
    const about = { response_status: 503, response_body: whyNot.slice(0, 500), created_at: expect.any(String) }
    expect(await list()).toEqual({
      items: [
        { id: expect.any(String), path: '/infer/webhook_deliveries', job_id: null, delivery_id: deliveryId, ...about },
        { id: expect.any(String), path: '/infer', job_id: jobId, delivery_id: null, ...about },
      ],
      next_cursor: null,
    })
  })

  test('come in pages, without gap or repetition', async () => {
    const { publish, list } = await givenQueue()
    const jobIds = [newId('job'), newId('job'), newId('job')]
    for (const jobId of jobIds) await publish('/infer', { job_id: jobId })
    const first = await list('?limit=2')
    const second = await list(`?limit=2&cursor=${first.next_cursor}`)
    expect([...first.items, ...second.items].map(({ job_id }) => job_id)).toEqual(jobIds.toReversed())
    expect(second.next_cursor).toBeNull()
  })

  test('have no page by a cursor that the queue does not know', async () => {
    const { call } = await givenQueue()
    const answer = await call('GET', `/dead_letters?cursor=${btoa('dead_letter:elsewhere')}`)
    expectRefusal(answer, { status: 422 })
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/query/cursor' }] })
  })

  test('are delivered again, once', async () => {
    const { publish, list, call, qstash, receiver, mend } = await givenQueue()
    const jobId = newId('job')
    await publish('/infer', { job_id: jobId })
    const [letter] = (await list()).items
    const tries = receiver.received.length
    mend()
    expect(await call('POST', `/dead_letters/${letter?.id}/retry`)).toMatchObject({ status: 204, text: '' })
    await qstash.idle()
    expect(receiver.received.slice(tries).map(({ body }) => body)).toEqual([JSON.stringify({ job_id: jobId })])
    expect((await list()).items).toEqual([])
    expectRefusal(await call('POST', `/dead_letters/${letter?.id}/retry`), { status: 404 })
  })

  test('are forgotten, once', async () => {
    const { publish, list, call, receiver } = await givenQueue()
    await publish('/infer', { job_id: newId('job') })
    const tries = receiver.received.length
    const [letter] = (await list()).items
    expect(await call('DELETE', `/dead_letters/${letter?.id}`)).toMatchObject({ status: 204, text: '' })
    expectRefusal(await call('DELETE', `/dead_letters/${letter?.id}`), { status: 404 })
    expect((await list()).items).toEqual([])
    expect(receiver.received).toHaveLength(tries)
  })

  test('are not there while the queue cannot be reached, and that is said', async () => {
    const { qstash, call } = await givenQueue()
    await qstash.close()
    expect(await call('GET', '/dead_letters')).toMatchObject({ status: 503, body: { code: 'unavailable' } })
  })
})
