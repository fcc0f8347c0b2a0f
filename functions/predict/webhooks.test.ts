import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { call } from '#shared/testing/call.ts'
import { givenUser } from '#shared/testing/users.ts'
import { hasServices, testBindings } from '#shared/testing/world.ts'
import { addWebhookEndpoint, maximumEndpoints } from './add-webhook-endpoint.ts'
import app from './index.ts'

const Webhook = z.object({ id: z.string(), url: z.string(), disabled_at: z.string().nullable() })
const NewWebhook = Webhook.extend({ secret: z.string() })
const Page = z.object({ items: z.array(Webhook), next_cursor: z.string().nullable() })

const url = 'https://example.com/hook'

async function caller() {
  const user = await givenUser()
  const token = await user.token()
  return (method: string, path: string, body?: unknown) => call(app, method, path, { token, body })
}

describe.skipIf(!hasServices)('webhooks', () => {
  test('the secret is shown once, and never listed', async () => {
    const ask = await caller()
    const made = await ask('POST', '/webhooks', { url })
    expect(made.status).toBe(201)
    expect(made.headers.get('cache-control')).toBe('no-store')
    const { id, secret } = NewWebhook.parse(made.body)
    expect(Buffer.from(secret.replace('whsec_', ''), 'base64')).toHaveLength(32)
    const listed = await ask('GET', '/webhooks')
    expect(Page.parse(listed.body).items).toEqual([expect.objectContaining({ id, url, disabled_at: null })])
    expect(listed.text).not.toContain('secret')
    expect((await ask('DELETE', `/webhooks/${id}`)).text).not.toContain('secret')
  })

  test('a retry with the same idempotency key adds no second address, not even where there is room for none', async () => {
    const user = await givenUser()
    const token = await user.token()
    const headers = { 'idempotency-key': 'once' }
    const add = (body: object) => call(app, 'POST', '/webhooks', { token, body, headers })
    const first = await add({ url })
    for (let i = 1; i < maximumEndpoints; i++) await addWebhookEndpoint(user.ctx, { url, secret: 'whsec_' })
    expect(await add({ url })).toMatchObject({ status: 201, body: first.body })
    expect(await add({ url: `${url}2` })).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } })
  })

  test('pages hold every endpoint once, newest first', async () => {
    const ask = await caller()
    const ids: string[] = []
    for (let i = 0; i < 5; i++) ids.unshift(NewWebhook.parse((await ask('POST', '/webhooks', { url })).body).id)
    const seen: string[] = []
    for (let path: string | undefined = '/webhooks?limit=2'; path; ) {
      const page: z.infer<typeof Page> = Page.parse((await ask('GET', path)).body)
      seen.push(...page.items.map((item) => item.id))
      path = page.next_cursor ? `/webhooks?limit=2&cursor=${page.next_cursor}` : undefined
    }
    expect(seen).toEqual(ids)
  })

  test('there are never more than ten, however many are asked for at once; a deleted one makes room', async () => {
    const ask = await caller()
    const answers = await Promise.all(Array.from({ length: 14 }, () => ask('POST', '/webhooks', { url })))
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(maximumEndpoints)
    const refused = answers.filter((answer) => answer.status === 409)
    expect(refused).toHaveLength(14 - maximumEndpoints)
    expect(refused[0]?.body).toMatchObject({ code: 'too_many_webhooks' })
    const [one] = Page.parse((await ask('GET', '/webhooks')).body).items
    expect((await ask('DELETE', `/webhooks/${one?.id}`)).status).toBe(200)
    expect((await ask('POST', '/webhooks', { url })).status).toBe(201)
    expect((await ask('POST', '/webhooks', { url })).status).toBe(409)
  })

  test('the last place is taken once', async () => {
    for (let round = 0; round < 20; round++) {
      const { ctx } = await givenUser()
      const add = () => addWebhookEndpoint(ctx, { url, secret: 'whsec_' })
      for (let i = 1; i < maximumEndpoints; i++) await add()
      const outcomes = await Promise.allSettled(Array.from({ length: 24 }, add))
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    }
  })

  test('to delete twice changes nothing', async () => {
    const ask = await caller()
    const { id } = NewWebhook.parse((await ask('POST', '/webhooks', { url })).body)
    const first = Webhook.parse((await ask('DELETE', `/webhooks/${id}`)).body)
    expect(first.disabled_at).not.toBeNull()
    expect((await ask('DELETE', `/webhooks/${id}`)).body).toMatchObject(first)
  })

  test("another user's endpoint does not exist for you", async () => {
    const [owner, stranger] = [await caller(), await caller()]
    const { id } = NewWebhook.parse((await owner('POST', '/webhooks', { url })).body)
    const delivery = `delivery_${'0'.repeat(32)}`
    for (const [method, path] of [
      ['DELETE', `/webhooks/${id}`],
      ['GET', `/webhooks/${id}/deliveries`],
      ['POST', `/webhooks/${id}/deliveries/${delivery}/redeliver`],
      ['DELETE', '/webhooks/endpoint_x%00'],
    ] as const) {
      expect((await stranger(method, path)).status).toBe(404)
    }
    expect(Page.parse((await stranger('GET', '/webhooks')).body).items).toEqual([])
    expect((await owner('GET', `/webhooks/${id}/deliveries`)).body).toEqual({ items: [], next_cursor: null })
  })

  test('in production, private addresses are refused by name of the member', async () => {
    const user = await givenUser()
    const bindings = { ...testBindings(), ENVIRONMENT: 'production' }
    for (const address of ['http://example.com', 'https://127.1', 'https://localhost', 'https://[::1]', 'nonsense']) {
      const answer = await call(app, 'POST', '/webhooks', {
        token: await user.token(),
        bindings,
        body: { url: address },
      })
      expect(answer.status).toBe(422)
      expect(answer.body).toMatchObject({ errors: [{ pointer: '/url', code: 'url_not_allowed' }] })
    }
    const good = await call(app, 'POST', '/webhooks', { token: await user.token(), bindings, body: { url } })
    expect(good.status).toBe(201)
  })
})
