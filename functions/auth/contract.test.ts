import { z } from '@hono/zod-openapi'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { callGateway } from '#shared/testing/gateway.ts'
import { hasServices } from '#shared/testing/world.ts'

const someone = () => ({ name: 'Ada', email: `${crypto.randomUUID()}@example.com`, password: 'a long walk home' })
const callAs = (method: string, path: string, body: object) =>
  callGateway(method, path, { body, headers: { 'cf-connecting-ip': 'contract' } })

describe.skipIf(!hasServices)('POST /sign_up and POST /sign_in', () => {
  test('answer with name and e-mail, and with a token for half an hour', async () => {
    const person = someone()
    const signedUp = await callAs('POST', '/sign_up', person)
    expect(signedUp).toMatchObject({ status: 201 })
    expect(signedUp.body).toEqual({ name: person.name, email: person.email })
    const signedIn = await callAs('POST', '/sign_in', { email: person.email, password: person.password })
    const Token = z.object({
      access_token: z.string(),
      token_type: z.literal('bearer'),
      name: z.string(),
      email: z.string(),
    })
    const { access_token, name, email } = Token.parse(signedIn.body)
    expect({ name, email }).toEqual({ name: person.name, email: person.email })
    const { iat = 0, exp = 0 } = decodeJwt(access_token)
    expect(exp - iat).toBe(30 * 60)
    expect((await callGateway('GET', '/balance', { token: access_token })).body).toMatchObject({ amount: 0 })
  })

  test.each([
    ['no e-mail', { email: 'ada' }, '/email'],
    ['an e-mail of two', { email: 'a@example.com,b@example.com' }, '/email'],
    ['an e-mail without end', { email: `${'a'.repeat(300)}@example.com` }, '/email'],
    ['a weak password', { password: 'password' }, '/password'],
    ['a password that is no text', { password: { length: 99 } }, '/password'],
    ['no name', { name: '  ' }, '/name'],
  ])('refuse %s', async (_, change, pointer) => {
    const answer = await callAs('POST', '/sign_up', { ...someone(), ...change })
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_request', errors: [{ pointer }] } })
  })

  test('refuse a second account for an e-mail', async () => {
    const person = someone()
    await callAs('POST', '/sign_up', person)
    expect(await callAs('POST', '/sign_up', person)).toMatchObject({
      status: 409,
      body: { code: 'already_registered' },
    })
  })

  test('give the same account to two who register at once to one of them', async () => {
    const person = someone()
    const answers = await Promise.all([callAs('POST', '/sign_up', person), callAs('POST', '/sign_up', person)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  })
})
