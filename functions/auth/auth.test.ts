import { describe, expect, test } from 'vitest'
import { call } from '#shared/testing/call.ts'
import { givenUser } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'
import app from './index.ts'

const someone = () => ({ name: 'Ada', email: `ada.${crypto.randomUUID()}@Example.com`, password: 'a long walk home' })

describe.skipIf(!hasServices)('accounts', () => {
  test('who signed up can sign in, and is told so without a password anywhere', async () => {
    const person = someone()
    const signedUp = await call(app, 'POST', '/sign_up', { body: person })
    expect(signedUp).toMatchObject({ status: 201, body: { name: 'Ada', email: person.email.toLowerCase() } })
    expect(signedUp.text).not.toContain(person.password)
    const signedIn = await call(app, 'POST', '/sign_in', { body: person })
    expect(signedIn).toMatchObject({ status: 200, body: { token_type: 'bearer', name: 'Ada' } })
    const { access_token: token } = signedIn.body as { access_token: string }
    const profile = await call(app, 'GET', '/users/profile', { token })
    expect(profile).toMatchObject({
      status: 200,
      body: { email: person.email.toLowerCase(), role: 'user', balance: 0, held: 0 },
    })
  })

  test('the same operations answer under their other names', async () => {
    const person = someone()
    expect((await call(app, 'POST', '/users/register', { body: person })).status).toBe(201)
    expect((await call(app, 'POST', '/users/login', { body: person })).status).toBe(200)
  })

  test('an e-mail registers once, however it is written', async () => {
    const person = someone()
    await call(app, 'POST', '/sign_up', { body: person })
    const again = await call(app, 'POST', '/sign_up', { body: { ...person, email: ` ${person.email.toUpperCase()} ` } })
    expect(again).toMatchObject({ status: 409, body: { code: 'already_registered' } })
  })

  test('an unknown e-mail and a wrong password get the same answer', async () => {
    const person = someone()
    await call(app, 'POST', '/sign_up', { body: person })
    const wrong = await call(app, 'POST', '/sign_in', { body: { ...person, password: 'not this one at all' } })
    const unknown = await call(app, 'POST', '/sign_in', { body: someone() })
    const { request_id: _, ...first } = wrong.body as Record<string, unknown>
    const { request_id: __, ...second } = unknown.body as Record<string, unknown>
    expect(wrong.status).toBe(401)
    expect(unknown.status).toBe(401)
    expect(second).toEqual(first)
  })

  test('who fails too often is refused for a while, and others are not', async () => {
    const person = someone()
    await call(app, 'POST', '/sign_up', { body: person })
    const headers = { 'cf-connecting-ip': '192.0.2.7' }
    const attempt = (password: string) => call(app, 'POST', '/sign_in', { body: { ...person, password }, headers })
    for (let i = 0; i < 10; i++) expect((await attempt(`a wrong password ${i}`)).status).toBe(401)
    const refused = await attempt(person.password)
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await call(app, 'POST', '/sign_in', { body: person })).status).toBe(200)
  })

  test.each([
    ['short1!x', 'at least 10 characters'],
    ['aaaaaaaaaaaa', 'different characters'],
    ['password123', 'most used'],
  ])('the weak password %s is refused, and why is said', async (password, why) => {
    const answer = await call(app, 'POST', '/sign_up', { body: { ...someone(), password } })
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_request', errors: [{ pointer: '/password' }] } })
    expect(answer.text).toContain(why)
    expect(answer.text).not.toContain(password)
  })
})

describe.skipIf(!hasServices)('API keys', () => {
  test('a key works until it is revoked, and its secret is shown once', async () => {
    const person = someone()
    await call(app, 'POST', '/sign_up', { body: person })
    const signedIn = await call(app, 'POST', '/sign_in', { body: person })
    const { access_token: token } = signedIn.body as { access_token: string }
    const made = await call(app, 'POST', '/api_keys', { token, body: { name: 'CI' } })
    const { id, secret } = made.body as { id: string; secret: string }
    expect(made.status).toBe(201)
    expect((await call(app, 'GET', '/users/profile', { token: secret })).status).toBe(200)
    expect((await call(app, 'GET', '/api_keys', { token })).text).not.toContain(secret)
    expect((await call(app, 'DELETE', `/api_keys/${id}`, { token })).status).toBe(200)
    expect((await call(app, 'GET', '/users/profile', { token: secret })).status).toBe(401)
  })

  test('a retry with the same idempotency key makes no second key, and shows the same secret', async () => {
    const { token } = await givenUser()
    const make = async (name: string) =>
      call(app, 'POST', '/api_keys', { token: await token(), body: { name }, headers: { 'idempotency-key': 'once' } })
    const first = await make('CI')
    const again = await make('CI')
    expect(first.status).toBe(201)
    expect(again).toMatchObject({ status: 201, body: first.body })
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(await make('another')).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } })
    const listed = await call(app, 'GET', '/api_keys', { token: await token() })
    expect((listed.body as { items: unknown[] }).items).toHaveLength(1)
  })
})
