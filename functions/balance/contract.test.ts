import { z } from '@hono/zod-openapi'
import { describe, expect, test } from 'vitest'
import { callGateway, createTestGateway } from '#shared/testing/gateway.ts'
import { givenUser } from '#shared/testing/users.ts'
import { hasServices, testBindings } from '#shared/testing/world.ts'

async function givenWallet(credits: number) {
  const user = await givenUser({ credits })
  const token = await user.token()
  return {
    token,
    read: () => callGateway('GET', '/balance', { token }),
    set: (new_amount: unknown, headers = {}) =>
      callGateway('POST', '/balance', { token, headers, body: { new_amount } }),
    entries: (query = '') => callGateway('GET', `/balance/entries${query}`, { token }),
  }
}

describe.skipIf(!hasServices)('GET and POST /balance', () => {
  test('say what is there', async () => {
    expect(await (await givenWallet(7)).read()).toMatchObject({ status: 200, body: { amount: 7, held: 0 } })
  })

  test('enter the difference, up or down, in the ledger', async () => {
    const wallet = await givenWallet(10)
    expect(await wallet.set(25)).toMatchObject({ status: 200, body: { amount: 25 } })
    expect(await wallet.set(4)).toMatchObject({ status: 200, body: { amount: 4 } })
    expect(await wallet.read()).toMatchObject({ body: { amount: 4 } })
    expect(await wallet.entries()).toMatchObject({
      body: {
        items: [
          { kind: 'withdrawal', amount: -21 },
          { kind: 'top_up', amount: 15 },
          { kind: 'top_up', amount: 10 },
        ],
      },
    })
  })

  test('narrow the ledger by kind and by time', async () => {
    const wallet = await givenWallet(10)
    await wallet.set(4)
    const [withdrawal, topUp] = [{ amount: -6 }, { amount: 10 }]
    const expectEntries = async (query: string, items: object[]) =>
      expect((await wallet.entries(query)).body).toMatchObject({ items })
    await expectEntries('?kind=top_up', [topUp])
    await expectEntries('?created_from=2000-01-01T00:00:00Z', [withdrawal, topUp])
    await expectEntries('?created_before=2000-01-01T00:00:00Z', [])
    const { items } = z
      .object({ items: z.array(z.object({ created_at: z.string() })) })
      .parse((await wallet.entries()).body)
    const later = items[0]?.created_at ?? ''
    const earlier = new Date(Date.parse(later) - 86_400_000).toISOString()
    await expectEntries(`?created_from=${earlier}&created_before=${earlier}`, [])
    await expectEntries(`?created_from=${earlier}&kind=withdrawal`, [withdrawal])
  })

  test('set the balance once under one key, and refuse the key for another amount', async () => {
    const wallet = await givenWallet(10)
    const key = { 'idempotency-key': 'once' }
    expect((await wallet.set(20, key)).status).toBe(200)
    const again = await wallet.set(20, key)
    expect(again).toMatchObject({ status: 200, body: { amount: 20 } })
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(await wallet.set(30, key)).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } })
    expect(await wallet.read()).toMatchObject({ body: { amount: 20 } })
  })

  test.each([-1, 0.5, '10', null, true, [], 1e13, 2 ** 53, '1; drop table accounts'])('refuse %j', async (amount) => {
    const wallet = await givenWallet(10)
    const answer = await wallet.set(amount)
    const errors = expect.arrayContaining([expect.objectContaining({ pointer: '/new_amount' })])
    expect(answer).toMatchObject({ status: 422, body: { errors } })
    expect(await wallet.read()).toMatchObject({ body: { amount: 10 } })
  })

  test('take 0 for what it is, with or without a sign', async () => {
    const wallet = await givenWallet(10)
    expect(await wallet.set(0)).toMatchObject({ status: 200, body: { amount: 0 } })
    expect((await callGateway('POST', '/balance', { token: wallet.token, body: '{"new_amount":-0}' })).text).toContain(
      '"amount":0',
    )
  })

  test('are for admins to change where the policy says so', async () => {
    const gateway = createTestGateway({ bindings: { ...testBindings(), TOP_UP_POLICY: 'admins' } })
    const body = { new_amount: 50 }
    const user = await givenUser({ credits: 5 })
    const refused = await gateway.call('POST', '/balance', { token: await user.token(), body })
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(await user.balance()).toBe(5)
    const admin = await givenUser({ role: 'admin' })
    const topUp = { amount: 3, user_id: user.userId }
    expect((await gateway.call('POST', '/balance/top_ups', { token: await admin.token(), body: topUp })).status).toBe(
      200,
    )
    expect(await user.balance()).toBe(8)
  })
})
