import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalJWKSet, importJWK, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose'
import { afterAll, expect, test } from 'vitest'
import { loadSecrets, rotateSigningKey, type Secrets, tokenKeys } from './secrets.ts'

const folder = mkdtempSync(join(tmpdir(), 'auspex-secrets-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const start = new Date('2026-01-01T12:00:00Z')
const minutesLater = (minutes: number) => new Date(start.getTime() + minutes * 60_000)

test('secrets are made once, and only their owner can read them', async () => {
  const file = join(folder, 'made', 'secrets.json')
  const first = await loadSecrets(file)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(await loadSecrets(file)).toEqual(first)
  expect(await loadSecrets(join(folder, 'other.json'))).not.toEqual(first)
})

test('a rotation signs nobody out: tokens of the old key are believed until the last has expired', async () => {
  const before = await loadSecrets(join(folder, 'rotated.json'))
  const token = await sign(before)
  const after = await rotateSigningKey(before, start)
  expect(tokenKeys(after, start).JWT_PRIVATE_KEY).not.toBe(tokenKeys(before, start).JWT_PRIVATE_KEY)
  await expect(verify(token, after, minutesLater(30))).resolves.toBeDefined()
  await expect(verify(await sign(after), after, minutesLater(30))).resolves.toBeDefined()
  await expect(verify(token, after, minutesLater(32))).rejects.toThrow()
  const again = await rotateSigningKey(after, minutesLater(40))
  expect(again.signingKeys).toHaveLength(2)
})

test('private halves are not among the published keys', async () => {
  const { JWT_PUBLIC_KEYS } = tokenKeys(await loadSecrets(join(folder, 'public.json')), start)
  const { keys }: JSONWebKeySet = JSON.parse(JWT_PUBLIC_KEYS)
  expect(keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'crv', 'kid', 'kty', 'use', 'x']])
})

async function sign(secrets: Secrets): Promise<string> {
  const [current] = secrets.signingKeys
  if (!current) throw new Error('no key')
  const header = { alg: 'EdDSA', kid: current.key.kid }
  return new SignJWT({}).setProtectedHeader(header).sign(await importJWK(current.key, 'EdDSA'))
}

function verify(token: string, secrets: Secrets, now: Date) {
  return jwtVerify(token, createLocalJWKSet(JSON.parse(tokenKeys(secrets, now).JWT_PUBLIC_KEYS)))
}
