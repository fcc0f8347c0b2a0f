import { z } from '@hono/zod-openapi'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { createTokenIssuer } from '#functions/auth/tokens.ts'
import { systemClock } from '#shared/clock.ts'
import { newId } from '#shared/ids.ts'
import type { Answer } from '#shared/testing/call.ts'
import { callGateway } from '#shared/testing/gateway.ts'
import { expectRefusal } from '#shared/testing/target.ts'
import { givenUser } from '#shared/testing/users.ts'
import { hasServices, publicUrl, testBindings } from '#shared/testing/world.ts'
import { withSession } from './session.ts'

const cookieName = 'auspex_session'
/** What browsers say of a request from a page of ours. */
const ours = { 'sec-fetch-site': 'same-origin' }
const someone = () => ({ name: 'Ada', email: `${newId('user')}@example.com`, password: 'a long walk home' })
const from = (headers: Record<string, string> = ours) => ({ ...headers, 'cf-connecting-ip': newId('user') })

/** Name, value and attributes of the cookie that an answer sets. */
function cookieOf({ headers }: Answer) {
  const [pair = '', ...attributes] = (headers.get('set-cookie') ?? '').split('; ')
  const [name = '', value = ''] = pair.split('=')
  return { name, value, attributes, header: pair }
}

async function givenSession() {
  const person = someone()
  await callGateway('POST', '/sign_up', { body: person, headers: from() })
  const { email, password } = person
  const opened = await callGateway('POST', '/session', { body: { email, password }, headers: from() })
  return { person, opened, cookie: cookieOf(opened).header, token: cookieOf(opened).value }
}

describe.skipIf(!hasServices)('a session', () => {
  test('is a cookie that no script reads and no other site sends; the answer has no token', async () => {
    const { person, opened, token } = await givenSession()
    expect(opened).toMatchObject({ status: 200 })
    expect(opened.body).toEqual({ expires_in: 1800, name: person.name, email: person.email })
    expect(opened.headers.get('cache-control')).toBe('no-store')
    const { name, attributes } = cookieOf(opened)
    expect(name).toBe(cookieName)
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=1800', 'Path=/', 'SameSite=Strict'])
    expect(decodeJwt(token).sub).toMatch(/^user_/)
    expect(opened.text).not.toContain(token)
  })

  test('stands for its person on pages of ours', async () => {
    const { person, cookie, token } = await givenSession()
    const profile = await callGateway('GET', '/users/profile', { headers: { ...ours, cookie } })
    expect(profile).toMatchObject({ status: 200, body: { email: person.email } })
    expect(profile.text).not.toContain(token)
    const made = await callGateway('POST', '/api_keys', { headers: { ...ours, cookie }, body: { name: 'CI' } })
    expect(made.status).toBe(201)
    const events = await callGateway('GET', '/predict/events', { headers: { ...ours, cookie } })
    expect(events.status).toBe(200)
    expect(events.headers.get('content-type')).toContain('text/event-stream')
  })

  test('is not opened by a wrong password', async () => {
    const { person } = await givenSession()
    const body = { email: person.email, password: 'not this one at all' }
    const answer = await callGateway('POST', '/session', { body, headers: from() })
    expect(answer).toMatchObject({ status: 401, body: { code: 'wrong_credentials' } })
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  test('ends when its person says so', async () => {
    const { cookie } = await givenSession()
    const closed = await callGateway('DELETE', '/session', { headers: { ...ours, cookie } })
    expect(closed).toMatchObject({ status: 204, text: '' })
    expect(cookieOf(closed)).toMatchObject({ name: cookieName, value: '' })
    expect(cookieOf(closed).attributes.sort()).toEqual(['HttpOnly', 'Max-Age=0', 'Path=/', 'SameSite=Strict'])
  })

  test('with a token that is stale is refused as always, and stands in nobody’s way to a new one', async () => {
    const { person } = await givenSession()
    const cookie = `${cookieName}=${await expiredToken()}`
    const profile = await callGateway('GET', '/users/profile', { headers: { ...ours, cookie } })
    expectRefusal(profile, { status: 401 })
    expect(profile.text).toContain('expired')
    const body = { email: person.email, password: person.password }
    expect((await callGateway('POST', '/session', { body, headers: from({ ...ours, cookie }) })).status).toBe(200)
    const signUp = { body: someone(), headers: from({ ...ours, cookie }) }
    expect((await callGateway('POST', '/sign_up', signUp)).status).toBe(201)
    expect((await callGateway('DELETE', '/session', { headers: { ...ours, cookie } })).status).toBe(204)
  })
})

/** Signed by the right key, an hour ago. */
async function expiredToken(): Promise<string> {
  const clock = { ...systemClock, now: () => new Date(Date.now() - 3_600_000) }
  return issuer(clock).issue({ id: (await givenUser()).userId, role: 'user' }, clock.now())
}

function issuer(clock = systemClock) {
  const key = z.record(z.string(), z.string()).parse(JSON.parse(testBindings().JWT_PRIVATE_KEY))
  return createTokenIssuer({ ...key, kty: 'OKP' }, publicUrl, clock)
}

describe.skipIf(!hasServices)('a session is renewed', () => {
  const renew = (token: string) =>
    callGateway('POST', '/session/renewal', { headers: { ...ours, cookie: `${cookieName}=${token}` } })

  test('while it is good, keeping when the password was given', async () => {
    const { person, token } = await givenSession()
    const renewed = await renew(token)
    expect(renewed).toMatchObject({ status: 200, body: { expires_in: 1800, email: person.email } })
    const fresh = cookieOf(renewed).value
    expect(fresh).not.toBe(token)
    expect(decodeJwt(fresh).auth_time).toBe(decodeJwt(token).auth_time)
    expect(renewed.text).not.toContain(fresh)
  })

  test('with the role of today', async () => {
    const { userId } = await givenUser({ role: 'expert' })
    const renewed = await renew(await issuer().issue({ id: userId, role: 'admin' }, new Date()))
    expect(decodeJwt(cookieOf(renewed).value).role).toBe('expert')
  })

  test('not after it is expired, and not twelve hours after the password was given', async () => {
    expectRefusal(await renew(await expiredToken()), { status: 401 })
    const { userId } = await givenUser()
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000)
    const old = await issuer().issue({ id: userId, role: 'user' }, hoursAgo(12))
    expectRefusal(await renew(old), { status: 401 })
    const aged = await issuer().issue({ id: userId, role: 'user' }, hoursAgo(11))
    expect((await renew(aged)).status).toBe(200)
  })

  test('not for an account that is gone', async () => {
    expectRefusal(await renew(await issuer().issue({ id: newId('user'), role: 'user' }, new Date())), { status: 401 })
  })

  test('not by a token that was never a session’s, and not by an API key', async () => {
    const user = await givenUser()
    const token = await issuer().issue({ id: user.userId, role: 'user' })
    expectRefusal(await callGateway('POST', '/session/renewal', { token }), { status: 403 })
    const key = await callGateway('POST', '/api_keys', { token, body: { name: 'CI' } })
    const { secret } = z.object({ secret: z.string() }).parse(key.body)
    expectRefusal(await callGateway('POST', '/session/renewal', { token: secret }), { status: 403 })
  })
})

describe.skipIf(!hasServices)('another site', () => {
  const foreign: Record<string, Record<string, string>> = {
    'another site': { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    'another host of the domain': { 'sec-fetch-site': 'same-site' },
    'what says nothing of itself': {},
    'an old browser on another site': { origin: 'https://evil.example' },
    'an old browser in a sandbox': { origin: 'null' },
    'another port': { origin: `${publicUrl}:8080` },
    'a word that is none': { 'sec-fetch-site': 'same-origin, cross-site' },
  }
  test.for(Object.entries(foreign))('does nothing in somebody’s name: %s', async ([, headers]) => {
    const { cookie } = await givenSession()
    expectRefusal(await callGateway('GET', '/users/profile', { headers: { ...headers, cookie } }), { status: 401 })
    const made = await callGateway('POST', '/api_keys', { headers: { ...headers, cookie }, body: { name: 'CI' } })
    expectRefusal(made, { status: 401 })
  })

  test.for([foreign['another site'], foreign['another host of the domain'], foreign['an old browser in a sandbox']])(
    'signs nobody in or out: %o',
    async (headers = {}) => {
      const { person } = await givenSession()
      const body = { email: person.email, password: person.password }
      for (const answer of [
        await callGateway('POST', '/session', { body, headers: from(headers) }),
        await callGateway('DELETE', '/session', { headers: from(headers) }),
      ]) {
        expectRefusal(answer, { status: 403 })
        expect(answer.headers.get('set-cookie')).toBeNull()
      }
    },
  )

  test('is never told that it may send cookies', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    const answer = await callGateway('OPTIONS', '/session', { headers })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
  })
})

describe('what a function gets', () => {
  const url = 'https://auspex.example/balance'
  const host = `__Host-${cookieName}`
  const seen = (headers: Record<string, string>, { method = 'GET', at = url } = {}) => {
    const { headers: passed } = withSession(new Request(at, { method, headers }))
    return { authorization: passed.get('authorization'), cookie: passed.get('cookie') }
  }
  const bearer = { authorization: 'Bearer t.o.k', cookie: null }
  const nothing = { authorization: null, cookie: null }

  test('is the token and no cookie', () => {
    expect(seen({ ...ours, cookie: `a=b; ${host}=t.o.k; c=d` })).toEqual(bearer)
    expect(seen({ ...ours, cookie: 'a=b' })).toEqual(nothing)
    expect(seen({ ...ours, cookie: '' })).toEqual(nothing)
  })

  test('is the Authorization that was sent, whatever the cookie says', () => {
    const cookie = `${host}=t.o.k`
    for (const authorization of ['Bearer mine', 'Basic YTpi', ''])
      expect(seen({ ...ours, cookie, authorization })).toEqual({ authorization, cookie: null })
  })

  test('is nothing by a cookie that another host could have set', () => {
    expect(seen({ ...ours, cookie: `${cookieName}=t.o.k` })).toEqual(nothing)
    const plain = { at: 'http://localhost:8787/balance' }
    expect(seen({ ...ours, cookie: `${cookieName}=t.o.k` }, plain)).toEqual(bearer)
  })

  test('is nothing by a cookie that no header could carry', () => {
    for (const value of ['', 'a b', 'a%0d%0aX: y', '%00', 'ÿ', 'a'.repeat(5000)])
      expect(seen({ ...ours, cookie: `${host}=${value}` })).toEqual(nothing)
  })

  test('is read, not changed, by an address that somebody opened', () => {
    const headers = { 'sec-fetch-site': 'none', cookie: `${host}=t.o.k` }
    for (const method of ['GET', 'HEAD']) expect(seen(headers, { method })).toEqual(bearer)
    for (const method of ['POST', 'PATCH', 'DELETE']) expect(seen(headers, { method })).toEqual(nothing)
  })

  test('comes by the origin where a browser sends nothing better', () => {
    const cookie = `${host}=t.o.k`
    expect(seen({ origin: 'https://auspex.example', cookie }, { method: 'POST' })).toEqual(bearer)
    expect(seen({ origin: 'http://auspex.example', cookie }, { method: 'POST' })).toEqual(nothing)
  })

  test('keeps its body', async () => {
    const headers = { ...ours, cookie: `${host}=t.o.k`, 'content-type': 'application/json' }
    const request = new Request(url, { method: 'POST', headers, body: '{"a":1}' })
    expect(await withSession(request).json()).toEqual({ a: 1 })
  })
})
