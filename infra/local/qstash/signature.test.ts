import { Receiver, SignatureError } from '@upstash/qstash'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { Signer } from './signature.ts'
import { givenQstash, KEYS } from './testing/given-qstash.ts'

const URL_SIGNED = 'https://example.com/infer?a=b'
const BODY = '{"job_id":"job_1"}'
const keys = { current: KEYS.currentSigningKey, next: KEYS.nextSigningKey }
const sign = (signer = new Signer(keys), atMs = Date.now()) => signer.sign(URL_SIGNED, Buffer.from(BODY), 'jwt_1', atMs)

test('the official receiver accepts what was signed, and only that', async () => {
  const receiver = new Receiver(KEYS)
  const signature = sign()
  expect(await receiver.verify({ signature, body: BODY, url: URL_SIGNED })).toBe(true)
  await expect(receiver.verify({ signature, body: `${BODY} `, url: URL_SIGNED })).rejects.toThrow('body hash')
  await expect(receiver.verify({ signature, body: BODY, url: 'https://example.com/infer' })).rejects.toThrow('subject')
  const foreign = new Receiver({ currentSigningKey: 'sig_x', nextSigningKey: 'sig_y' })
  await expect(foreign.verify({ signature, body: BODY, url: URL_SIGNED })).rejects.toThrow('signature')
})

test('a signature is good for five minutes, from now', async () => {
  const receiver = new Receiver(KEYS)
  const verifyAged = (ageMs: number, clockTolerance?: number) =>
    receiver.verify({ signature: sign(undefined, Date.now() - ageMs), body: BODY, clockTolerance })
  expect(await verifyAged(290_000)).toBe(true)
  await expect(verifyAged(302_000)).rejects.toThrow(SignatureError)
  expect(await verifyAged(302_000, 10)).toBe(true)
  await expect(verifyAged(-5_000)).rejects.toThrow(SignatureError)
  expect(await verifyAged(-5_000, 10)).toBe(true)
})

test('after one rotation the old pair of keys still verifies, after two it does not', async () => {
  const signer = new Signer(keys)
  const receiver = new Receiver(KEYS)
  signer.rotate()
  expect(await receiver.verify({ signature: sign(signer), body: BODY })).toBe(true)
  signer.rotate()
  await expect(receiver.verify({ signature: sign(signer), body: BODY })).rejects.toThrow('signature')
  const rotated = new Receiver({ currentSigningKey: signer.keys.current, nextSigningKey: signer.keys.next })
  expect(await rotated.verify({ signature: sign(signer), body: BODY })).toBe(true)
})

test('keys can be asked for and rotated over the API, and deliveries follow', async () => {
  const { request, client, destination, settle } = await givenQstash()
  const Keys = z.object({ current: z.string(), next: z.string() })
  const read = async (method: string, path: string) => Keys.parse(await (await request(method, path)).json())
  expect(await read('GET', '/v2/keys')).toEqual(keys)
  const rotated = await read('POST', '/v2/keys/rotate')
  expect(rotated.current).toBe(keys.next)
  expect(rotated.next).not.toBe(keys.next)
  expect(await read('GET', '/v2/keys')).toEqual(rotated)
  await client.publishJSON({ url: destination.url(), body: 1 })
  await settle()
  expect(destination.deliveries).toHaveLength(1)
})
