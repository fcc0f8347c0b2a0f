import fc from 'fast-check'
import { exportSPKI, importJWK, SignJWT, UnsecuredJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Database } from '#db/client.ts'
import { createTokenIssuer } from '#functions/auth/tokens.ts'
import balance from '#functions/balance/index.ts'
import { createIdentifier, tokenAudience, tokenLifetimeSeconds } from './identity.ts'
import { call } from './testing/call.ts'
import { givenUser } from './testing/users.ts'
import { hasServices, newSigningKey, publicUrl, testBindings } from './testing/world.ts'

const user = { id: 'user_1', role: 'expert' } as const
const started = new Date('2026-03-01T12:00:00Z')
const clockAt = (secondsLater: number) => ({
  now: () => new Date(started.getTime() + secondsLater * 1000),
  sleep: async () => {},
})
/** Tokens need no database; one that is asked all the same fails the test. */
const noDatabase = new Proxy({} as Database, {
  get() {
    throw new Error('the database was asked')
  },
})

type Key = Awaited<ReturnType<typeof newSigningKey>>
const [ours, older, stranger] = (await Promise.all(['now', 'before', 'never published'].map(newSigningKey))) as [
  Key,
  Key,
  Key,
]
/** Says that it is ours, and is not. */
const impostor = await newSigningKey('now')

const issue = ({ privateJwk }: Key, issuer = publicUrl) =>
  createTokenIssuer({ ...privateJwk, kty: 'OKP' }, issuer, clockAt(0)).issue(user)

function identifierOf(...keys: Key[]) {
  const identifier = createIdentifier({ keys: keys.map(({ publicJwk }) => ({ ...publicJwk, kty: 'OKP' })) }, publicUrl)
  return (token: string, secondsLater = 1) => identifier.identify(`Bearer ${token}`, noDatabase, clockAt(secondsLater))
}

const startedSeconds = started.getTime() / 1000
const goodClaims = {
  sub: user.id,
  role: user.role,
  iss: publicUrl,
  aud: tokenAudience,
  jti: 'one',
  iat: startedSeconds,
  nbf: startedSeconds,
  exp: startedSeconds + 60,
}

/** A token that our own key signed over other claims. An absent claim is given as undefined. */
async function signed(changes: object, header: object = {}) {
  return new SignJWT({ ...goodClaims, ...changes })
    .setProtectedHeader({ alg: 'EdDSA', kid: ours.privateJwk.kid, ...header })
    .sign(await importJWK({ ...ours.privateJwk, kty: 'OKP' }, 'EdDSA'))
}

/** A token whose HMAC key is our public key, which everybody knows. */
async function signedWithPublicKey(format: 'x' | 'jwk' | 'pem') {
  const pem = async () => exportSPKI((await importJWK({ ...ours.publicJwk, kty: 'OKP' }, 'EdDSA')) as CryptoKey)
  const texts = { x: String(ours.publicJwk.x), jwk: JSON.stringify(ours.publicJwk), pem: await pem() }
  return new SignJWT(goodClaims)
    .setProtectedHeader({ alg: 'HS256', kid: ours.privateJwk.kid })
    .sign(new TextEncoder().encode(texts[format]))
}

const hostileTokens: Record<string, () => string | Promise<string>> = {
  'alg none': () => new UnsecuredJWT(goodClaims).encode(),
  'alg none with a kid': () =>
    `${btoa('{"alg":"none","kid":"now"}')}.${btoa(JSON.stringify(goodClaims))}.`.replaceAll('=', ''),
  'HS256 with the public x': () => signedWithPublicKey('x'),
  'HS256 with the public JWK': () => signedWithPublicKey('jwk'),
  'HS256 with the public PEM': () => signedWithPublicKey('pem'),
  'a key that was never published': () => issue(stranger),
  'another key under our kid': () => issue(impostor),
  'a kid that is a path': () => signed({}, { kid: '../../etc/passwd' }),
  'a kid that is no text': () => signed({}, { kid: 7 as never }),
  'a key that it brings itself': async () => signed({}, { kid: 'own', jwk: impostor.publicJwk }),
  'another issuer': () => issue(ours, 'https://elsewhere.test'),
  'another audience': () => signed({ aud: 'elsewhere' }),
  'no issuer': () => signed({ iss: undefined }),
  'no audience': () => signed({ aud: undefined }),
  'no subject': () => signed({ sub: undefined }),
  'no expiry': () => signed({ exp: undefined }),
  'no time of issue': () => signed({ iat: undefined }),
  'no id of its own': () => signed({ jti: undefined }),
  'a subject that is no text': () => signed({ sub: { $ne: null } }),
  'an expiry that is text': () => signed({ exp: 'never' }),
  'a role that is none of ours': () => signed({ role: 'root' }),
  'no role': () => signed({ role: undefined }),
  expired: () => signed({ exp: startedSeconds - 60 }),
  'not yet valid': () => signed({ nbf: startedSeconds + 3600 }),
  'two parts': () => 'e30.e30',
  'five parts': () => 'a.b.c.d.e',
  dots: () => '..',
  'not base64': () => '~~~.~~~.~~~',
  'JSON that is a list': () => `${btoa('[]')}.${btoa('[]')}.AA`.replaceAll('=', ''),
  'an API key that nobody has': () => 'auspex_0000000000000000',
  '4,096 characters': () => 'a'.repeat(4096),
  '100,000 characters': () => 'a'.repeat(100_000),
}

const refused = { code: 'unauthenticated', status: 401 }
const accepted = { kind: 'user', userId: user.id, role: 'expert', via: 'token' }

describe('a token', () => {
  test('is good for half an hour, give or take seconds of skew, and not a minute before or after', async () => {
    const identify = identifierOf(ours)
    const token = await issue(ours)
    for (const later of [-4, 0, 60, tokenLifetimeSeconds - 1, tokenLifetimeSeconds + 4]) {
      expect(await identify(token, later)).toEqual(accepted)
    }
    for (const later of [-3600, -60, tokenLifetimeSeconds + 60, tokenLifetimeSeconds + 3600]) {
      await expect(identifierOf(ours)(token, later)).rejects.toMatchObject(refused)
    }
    // What was verified once is remembered, but not beyond its time.
    await expect(identify(token, tokenLifetimeSeconds + 60)).rejects.toMatchObject(refused)
  })

  test('of the older key stays good while that key is published; the newer one signs beside it', async () => {
    const [old, fresh] = [await issue(older), await issue(ours)]
    const whileBoth = identifierOf(ours, older)
    expect(await whileBoth(old)).toEqual(accepted)
    expect(await whileBoth(fresh)).toEqual(accepted)
    await expect(whileBoth(old, tokenLifetimeSeconds + 60)).rejects.toMatchObject(refused)
    const afterwards = identifierOf(ours)
    expect(await afterwards(fresh)).toEqual(accepted)
    await expect(afterwards(old)).rejects.toMatchObject(refused)
  })

  test('that is changed in any one character is refused, also after the good one was seen', async () => {
    const token = await issue(ours)
    const identify = identifierOf(ours)
    expect(await identify(token)).toEqual(accepted)
    // The last character holds four bits that the signature does not use.
    const places = fc.nat({ max: token.length - 2 })
    const characters = fc.constantFrom(...'ABCMNYZabcxyz0189-_.')
    await fc.assert(
      fc.asyncProperty(places, characters, async (place, character) => {
        fc.pre(token[place] !== character)
        const changed = token.slice(0, place) + character + token.slice(place + 1)
        await expect(identify(changed)).rejects.toMatchObject(refused)
      }),
      { numRuns: 200 },
    )
  })

  test('of any other making is refused as such: nothing thrown at the door becomes an error of ours', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.boolean(), async (text, isJson) => {
        const part = (value: unknown) => btoa(encodeURIComponent(JSON.stringify(value))).replaceAll('=', '')
        const token = isJson ? `${part({ alg: text })}.${part(text)}.${part(text)}` : text
        fc.pre(!token.startsWith('auspex_'))
        await expect(identifierOf(ours)(token)).rejects.toMatchObject(refused)
      }),
      { numRuns: 200 },
    ))
})

describe.skipIf(!hasServices)('at the door', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: started }))
  afterEach(() => void vi.useRealTimers())

  const askBalance = (authorization: string, keys: Key[] = [ours]) => {
    const bindings = { ...testBindings(), JWT_PUBLIC_KEYS: JSON.stringify({ keys: keys.map((key) => key.publicJwk) }) }
    return call(balance, 'GET', '/balance', { headers: { authorization }, bindings })
  }

  test('what the forgeries below are made from: 404, since it is good and its user has no wallet', async () => {
    expect(await askBalance(`Bearer ${await signed({})}`)).toMatchObject({ status: 404 })
  })

  test.each(Object.entries(hostileTokens))('%s: 401', async (_name, make) => {
    const answer = await askBalance(`Bearer ${await make()}`)
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  })

  test.each(['', 'Bearer', 'Bearer ', 'Basic dXNlcjpwYXNz', 'bearer\ttoken', 'Bearer a b', 'Token abc'])(
    'the header "%s": 401',
    async (authorization) => {
      expect(await askBalance(authorization)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
    },
  )

  test('a token of either published key opens one and the same wallet', async () => {
    const { userId } = await givenUser({ credits: 7 })
    for (const key of [ours, older]) {
      const issuer = createTokenIssuer({ ...key.privateJwk, kty: 'OKP' }, publicUrl, clockAt(0))
      const token = await issuer.issue({ id: userId, role: 'user' })
      expect(await askBalance(`Bearer ${token}`, [ours, older])).toMatchObject({ status: 200, body: { amount: 7 } })
    }
  })
})
