import fc from 'fast-check'
import { SignJWT, UnsecuredJWT } from 'jose'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { call, signedDelivery } from './testing/call.ts'
import { deliver, expectSound, type JobState, jobsOf, moodyModels, submit } from './testing/jobs.ts'
import { givenPredictor } from './testing/predictors.ts'
import { givenUser, type TestUser } from './testing/users.ts'
import { hasServices, publicUrl, signingKeys, testBindings } from './testing/world.ts'

const Accepted = z.object({ job_id: z.string() })
const path = '/infer'

describe.skipIf(!hasServices)('a callback', () => {
  const models = moodyModels()
  let user: TestUser
  let jobId: string
  let untouched: JobState[]
  let predictorName: string
  beforeAll(async () => {
    predictorName = (await givenPredictor({ priceCredits: 3 })).predictorName
    ;({ user, jobId } = await givenJob())
    untouched = await jobsOf(user)
  })
  beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => {}))
  afterEach(() => void vi.restoreAllMocks())

  const bindings = { ...testBindingsOrNone() }
  const send = (delivery: { body: string; headers: Record<string, string> }, at = path, keys: object = {}) =>
    call(models.app, 'POST', at, { ...delivery, bindings: { ...bindings, ...keys } })

  async function givenJob() {
    const user = await givenUser({ credits: 9 })
    const { body } = await submit(await user.token(), predictorName)
    return { user, jobId: Accepted.parse(body).job_id }
  }

  const body = () => ({ job_id: jobId })
  const claims = async (changes: object) => {
    const { headers } = await signedDelivery({ path, body: body() })
    const [, payload = ''] = (headers['upstash-signature'] ?? '').split('.')
    return { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), ...changes }
  }
  const sign = (payload: object, alg = 'HS256') =>
    new SignJWT({ ...payload }).setProtectedHeader({ alg }).sign(new TextEncoder().encode(signingKeys.current))

  /** What an attacker may put into the signature's place, over a body that is in order. */
  const forgeries: Record<string, () => string | Promise<string>> = {
    nothing: () => '',
    garbage: () => 'garbage',
    'three empty parts': () => '..',
    'a token of a user': () => user.token(),
    'alg none': async () => new UnsecuredJWT(await claims({})).encode(),
    'another issuer': async () => sign(await claims({ iss: 'Elsewhere' })),
    'no issuer': async () => sign(await claims({ iss: undefined })),
    'no address': async () => sign(await claims({ sub: undefined })),
    'no hash of the body': async () => sign(await claims({ body: undefined })),
    'an empty hash of the body': async () => sign(await claims({ body: '' })),
    'a hash that is no text': async () => sign(await claims({ body: { length: 0 } })),
    'an expiry that is text': async () => sign(await claims({ exp: 'never' })),
  }

  const wrongDeliveries: Record<string, () => ReturnType<typeof signedDelivery>> = {
    'signed with a key that is none of ours': () => signedDelivery({ path, body: body(), key: 'sig_of_somebody_else' }),
    'signed with an empty key': () => signedDelivery({ path, body: body(), key: ' ' }),
    'signed for another path': () => signedDelivery({ path, body: body(), signedUrl: `${publicUrl}/infer/other` }),
    'signed for another origin': () =>
      signedDelivery({ path, body: body(), signedUrl: `https://elsewhere.test${path}` }),
    'signed for the address with a query': () =>
      signedDelivery({ path, body: body(), signedUrl: `${publicUrl}${path}?a` }),
    'signed an hour ago': () => signedDelivery({ path, body: body(), signedAtOffset: -3600 }),
    'signed for an hour from now': () => signedDelivery({ path, body: body(), signedAtOffset: 3600 }),
  }

  async function expectNoEffect(answer: { status: number; body: unknown }) {
    expect(answer).toMatchObject({ status: 401, body: { code: 'bad_signature' } })
    expect(await jobsOf(user)).toEqual(untouched)
  }

  test.each(Object.entries(forgeries))('with %s for a signature: 401, and nothing changes', async (_name, make) => {
    const good = await signedDelivery({ path, body: body() })
    await expectNoEffect(await send({ ...good, headers: { 'upstash-signature': await make() } }))
  })

  test.each(Object.entries(wrongDeliveries))('%s: 401, and nothing changes', async (_name, make) => {
    await expectNoEffect(await send(await make()))
  })

  test('without any signature: 401, and nothing changes', async () => {
    await expectNoEffect(await send({ body: JSON.stringify(body()), headers: {} }))
  })

  test('signed for this address but sent to another: 401, and nothing changes', async () => {
    await expectNoEffect(await send(await signedDelivery({ path, body: body() }), `${path}?again`))
  })

  test('whose body was changed by a single byte: 401, and nothing changes', async () => {
    const good = await signedDelivery({ path, body: body() })
    for (const changed of [
      `${good.body} `,
      ` ${good.body}`,
      good.body.replace('job_id', 'job_ID'),
      `\ufeff${good.body}`,
    ]) {
      await expectNoEffect(await send({ ...good, body: changed }))
    }
  })

  test('whose signature was changed in any one character: 401, and nothing changes', async () => {
    const good = await signedDelivery({ path, body: body() })
    const signature = good.headers['upstash-signature'] ?? ''
    // The last character holds two bits that the signature does not use.
    const places = fc.nat({ max: signature.length - 2 })
    await fc.assert(
      fc.asyncProperty(places, fc.constantFrom(...'ABCYZabcyz019-_.'), async (place, character) => {
        fc.pre(signature[place] !== character)
        const changed = signature.slice(0, place) + character + signature.slice(place + 1)
        expect((await send({ ...good, headers: { 'upstash-signature': changed } })).status).toBe(401)
      }),
      { numRuns: 60 },
    )
    expect(await jobsOf(user)).toEqual(untouched)
  })

  test('that is signed but asks for nonsense: 4xx, and nothing changes', async () => {
    const bodies = [{}, [], 'text', { job_id: 7 }, { job_id: 'job_1' }, { job_id: `${jobId}'; drop table jobs; --` }]
    for (const nonsense of bodies) {
      const { status } = await send(await signedDelivery({ path, body: nonsense }))
      expect([400, 422]).toContain(status)
    }
    const strange = await signedDelivery({ path, body: body() })
    for (const retried of ['-1', 'often', '1.5', 'NaN']) {
      const { status } = await send({ ...strange, headers: { ...strange.headers, 'upstash-retried': retried } })
      expect(status).toBe(422)
    }
    expect(await jobsOf(user)).toEqual(untouched)
  })

  test('is taken with the current key and with the next one, so that keys can be rotated without a pause', async () => {
    const unknown = { job_id: `job_${'0'.repeat(32)}` }
    const delivery = (key: string) => signedDelivery({ path, body: unknown, key })
    const rotated = { QSTASH_CURRENT_SIGNING_KEY: signingKeys.next, QSTASH_NEXT_SIGNING_KEY: 'sig_key_after_next' }
    expect((await send(await delivery(signingKeys.current))).status).toBe(200)
    expect((await send(await delivery(signingKeys.next))).status).toBe(200)
    expect((await send(await delivery(signingKeys.next), path, rotated)).status).toBe(200)
    expect((await send(await delivery('sig_key_after_next'), path, rotated)).status).toBe(200)
    expect((await send(await delivery(signingKeys.current), path, rotated)).status).toBe(401)
  })

  test('that is replayed, even as its last attempt, changes nothing of a job that has ended', async () => {
    const { user, jobId } = await givenJob()
    const good = await signedDelivery({ path, body: { job_id: jobId } })
    expect((await send(good)).status).toBe(200)
    const ended = await jobsOf(user)
    expect(ended).toMatchObject([{ status: 'finished', attempts: 1 }])
    models.state.mood = 'refuses'
    for (const retried of ['0', '3', '3']) {
      const again = await send({ ...good, headers: { ...good.headers, 'upstash-retried': retried } })
      expect(again).toMatchObject({ status: 200, body: { outcome: 'settled_before' } })
    }
    await deliver(models.app, jobId, 3)
    expect(await jobsOf(user)).toEqual(ended)
    expect(await user.balance()).toBe(6)
    await expectSound(user)
  })
})

/** Read when tests are gathered, also where a project has no services and skips them. */
function testBindingsOrNone() {
  return hasServices ? testBindings() : {}
}
