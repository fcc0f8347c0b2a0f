import { exportJWK, generateKeyPair } from 'jose'
import { inject } from 'vitest'
import { createDatabase } from '#db/client.ts'
import { wordEncoders } from '#functions/encode/testing/word-encoders.ts'
import { tokenAlgorithm } from '../identity.ts'
import { createLog } from '../log.ts'

/** Whether this project has the services that it wants; tests say `describe.skipIf(!hasServices)` with it. */
export const hasServices = inject('services') !== undefined

let ownDatabase: { databaseUrl: string; fetchEndpoint: string } | undefined

/** From here on the tests of this file have another database than those of other files. */
export function setDatabase(database: { databaseUrl: string; fetchEndpoint: string }) {
  ownDatabase = database
}

export function services() {
  const provided = inject('services')
  if (!provided) throw new Error('this project has no services: see the warning above')
  return { ...provided, ...ownDatabase }
}

/** A new key pair as JSON Web Keys, both with the same `kid`. */
export async function newSigningKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair(tokenAlgorithm, { crv: 'Ed25519', extractable: true })
  return { privateJwk: { ...(await exportJWK(privateKey)), kid }, publicJwk: { ...(await exportJWK(publicKey)), kid } }
}

const encoders = wordEncoders()
const firstKey = await newSigningKey('test-1')

export const publicUrl = 'http://auspex.test'
export const signingKeys = { current: 'sig_current_key_of_tests', next: 'sig_next_key_of_tests' }

/** The bindings of every function at once, as the platform would give them; change some by spreading. */
export function testBindings() {
  const { databaseUrl, fetchEndpoint, redisUrl, redisToken, queueUrl } = services()
  return {
    ENVIRONMENT: 'local',
    PUBLIC_URL: publicUrl,
    LOG_LEVEL: 'error',
    DATABASE_URL: databaseUrl,
    NEON_FETCH_ENDPOINT: fetchEndpoint,
    JWT_PUBLIC_KEYS: JSON.stringify({ keys: [firstKey.publicJwk] }),
    JWT_PRIVATE_KEY: JSON.stringify(firstKey.privateJwk),
    PASSWORD_PEPPER: 'a pepper for tests, at least 32 characters long',
    UPSTASH_REDIS_REST_URL: redisUrl,
    UPSTASH_REDIS_REST_TOKEN: redisToken,
    QSTASH_URL: queueUrl,
    QSTASH_TOKEN: 'test-queue-token',
    QSTASH_CURRENT_SIGNING_KEY: signingKeys.current,
    QSTASH_NEXT_SIGNING_KEY: signingKeys.next,
    TOP_UP_POLICY: 'self_service',
    // Nothing is counted, unless a test is about that: it would have to wait for it.
    METRICS_INTERVAL_MS: '0',
    TELEGRAM_BOT_TOKEN: '1:test-bot-token',
    TELEGRAM_WEBHOOK_SECRET: 'test-webhook-secret',
    ENCODE: encoders,
  }
}

export function testDatabase() {
  const { databaseUrl, fetchEndpoint } = services()
  return createDatabase(databaseUrl, fetchEndpoint)
}

export const silentLog = createLog({}, 'error')
