import { expect, test } from 'vitest'
import { readSettings } from './settings.ts'

const redis = { UPSTASH_REDIS_REST_URL: 'https://x.upstash.io', UPSTASH_REDIS_REST_TOKEN: 't' }
const queue = { QSTASH_TOKEN: 't', QSTASH_CURRENT_SIGNING_KEY: 'a', QSTASH_NEXT_SIGNING_KEY: 'b' }
const kinds = (environment: Record<string, string>) => {
  const settings = readSettings(environment)
  return [settings.database.kind, settings.redis.kind, settings.queue.kind, settings.telegram.kind]
}

test('each service is embedded unless the environment names another, independently of the rest', () => {
  const publicUrl = { PUBLIC_URL: 'https://demo.example' }
  expect(kinds({})).toEqual(['embedded', 'embedded', 'embedded', 'embedded'])
  expect(kinds({ DATABASE_URL: '', QSTASH_TOKEN: '' })).toEqual(['embedded', 'embedded', 'embedded', 'embedded'])
  expect(kinds(redis)).toEqual(['embedded', 'hosted', 'embedded', 'embedded'])
  expect(kinds({ TELEGRAM_BOT_TOKEN: '1:a', ...publicUrl })).toEqual(['embedded', 'embedded', 'embedded', 'hosted'])
  expect(kinds({ ...queue, ...publicUrl })).toEqual(['embedded', 'embedded', 'hosted', 'embedded'])
  expect(kinds({ DATABASE_URL: 'postgres://u:p@ep-x.eu.aws.neon.tech/db' })).toEqual([
    'neon',
    'embedded',
    'embedded',
    'embedded',
  ])
  expect(kinds({ DATABASE_URL: 'postgresql://u@127.0.0.1/db' })).toEqual([
    'postgres',
    'embedded',
    'embedded',
    'embedded',
  ])
})

test('half of what a service needs is refused and named, never taken for the embedded one', () => {
  expect(() => readSettings({ UPSTASH_REDIS_REST_URL: redis.UPSTASH_REDIS_REST_URL })).toThrow(
    'UPSTASH_REDIS_REST_TOKEN',
  )
  expect(() => readSettings({ QSTASH_TOKEN: 't', PUBLIC_URL: 'https://demo.example' })).toThrow(
    'QSTASH_NEXT_SIGNING_KEY',
  )
  expect(() => readSettings({ JWT_PRIVATE_KEY: '{}' })).toThrow('JWT_PUBLIC_KEYS')
  expect(() => readSettings({ DATABASE_URL: 'mysql://u@h/db' })).toThrow('DATABASE_URL')
})

test('a queue elsewhere, and Telegram itself, need an address of this machine that they can call', () => {
  expect(() => readSettings({ TELEGRAM_BOT_TOKEN: '1:a' })).toThrow('PUBLIC_URL')
  expect(() => readSettings(queue)).toThrow('PUBLIC_URL')
})

test('a hosted encoder is handed on as it is, and a wrong manifest is refused before anything starts', () => {
  const manifest = {
    ...{ kind: 'hosted', name: 'multilingual', dimensions: 4, languages: ['*'], maximumTokens: 512 },
    ...{ model: 'some-model', url: 'https://api.example/v1' },
  }
  const given = { HOSTED_ENCODER: JSON.stringify(manifest), HOSTED_ENCODER_TOKEN: 't' }
  expect(readSettings(given).overrides).toEqual(given)
  for (const wrong of ['{', '{}', JSON.stringify({ ...manifest, url: 'nowhere' })])
    expect(() => readSettings({ HOSTED_ENCODER: wrong })).toThrow('HOSTED_ENCODER')
})
