import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { z } from 'zod'

const SigningKey = z.object({
  kid: z.string(),
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
})

const Secrets = z.object({
  /** The newest first: it signs, the others are still believed until their last tokens have expired. */
  signingKeys: z.array(z.object({ key: SigningKey, replacedAt: z.iso.datetime().optional() })).min(1),
  passwordPepper: z.string().min(32),
  redisToken: z.string().min(1),
  qstash: z.object({ token: z.string(), currentSigningKey: z.string(), nextSigningKey: z.string() }),
  telegram: z.object({ botToken: z.string(), webhookSecret: z.string() }).prefault(newTelegramSecrets),
})

/** Of the double of Telegram: state folders that are older than it are given theirs when they are read. */
function newTelegramSecrets() {
  return {
    botToken: `1000000001:${randomBytes(24).toString('base64url')}`,
    webhookSecret: randomBytes(24).toString('base64url'),
  }
}

export type Secrets = z.infer<typeof Secrets>
export type SigningKey = z.infer<typeof SigningKey>

/** Those that the QStash SDK publishes for its development server: its clients in `devMode` expect them. */
const qstashDevelopmentCredentials = {
  token: 'eyJVc2VySUQiOiJkZWZhdWx0VXNlciIsIlBhc3N3b3JkIjoiZGVmYXVsdFBhc3N3b3JkIn0=',
  currentSigningKey: 'sig_7kYjw48mhY7kAjqNGcy6cr29RJ6r',
  nextSigningKey: 'sig_5ZB6DVzB1wjE8S6rZ7eenA8Pdnhs',
}

/** A token lives for 30 minutes; a little more for clocks that differ. */
const longestTokenLifeMs = 31 * 60_000

/** The secrets of this machine: made at first use, kept in a file that its owner alone can read. */
export async function loadSecrets(file: string): Promise<Secrets> {
  if (existsSync(file)) return Secrets.parse(JSON.parse(readFileSync(file, 'utf8')))
  const secrets: Secrets = {
    signingKeys: [{ key: await createSigningKey() }],
    passwordPepper: randomBytes(32).toString('base64url'),
    redisToken: randomBytes(24).toString('base64url'),
    qstash: qstashDevelopmentCredentials,
    telegram: newTelegramSecrets(),
  }
  saveSecrets(file, secrets)
  return secrets
}

/** Written beside and renamed: a crash leaves the old secrets or the new ones. */
export function saveSecrets(file: string, secrets: Secrets) {
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, file)
}

export async function createSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('Ed25519', { extractable: true })
  return SigningKey.parse({ ...(await exportJWK(privateKey)), kid: randomUUID() })
}

/** A new key signs from now on. The old one is believed as long as a token that it signed can be alive. */
export async function rotateSigningKey(secrets: Secrets, now: Date): Promise<Secrets> {
  const key = await createSigningKey()
  const older = believedKeys(secrets, now).map(({ key, replacedAt = now.toISOString() }) => ({ key, replacedAt }))
  return { ...secrets, signingKeys: [{ key }, ...older] }
}

/** Those whose tokens can still be alive. */
function believedKeys({ signingKeys }: Secrets, now: Date) {
  return signingKeys.filter(({ replacedAt }) => {
    return replacedAt === undefined || now.getTime() - Date.parse(replacedAt) < longestTokenLifeMs
  })
}

/** The bindings by which tokens are made and checked. */
export function tokenKeys(secrets: Secrets, now: Date): { JWT_PRIVATE_KEY: string; JWT_PUBLIC_KEYS: string } {
  const [current] = secrets.signingKeys
  const keys = believedKeys(secrets, now).map(({ key }) => publicHalf(key))
  return { JWT_PRIVATE_KEY: JSON.stringify(current?.key), JWT_PUBLIC_KEYS: JSON.stringify({ keys }) }
}

export function publicHalf({ kid, kty, crv, x }: SigningKey) {
  return { kid, kty, crv, x, alg: 'EdDSA', use: 'sig' }
}
