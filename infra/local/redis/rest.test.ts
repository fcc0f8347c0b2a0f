import { Redis } from '@upstash/redis'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startRedis } from './start.ts'
import { givenRedis } from './testing.ts'

test('nobody gets in without the token', async () => {
  const { url, redis } = await givenRedis()
  for (const token of ['wrong', 'test-token2']) {
    const stranger = new Redis({ url, token, retry: false })
    await expect(stranger.set('key', 1)).rejects.toThrow('WRONGPASS')
  }
  expect((await fetch(`${url}/get/key`)).status).toBe(401)
  expect((await fetch(`${url}/get/key?_token=test-token`)).status).toBe(200)
  expect(await redis.exists('key')).toBe(0)
  await expect(startRedis({ token: '' })).rejects.toThrow('needs a token')
})

test('a pipeline answers each command by itself, in order', async () => {
  const { redis } = await givenRedis()
  await redis.set('word', 'x')
  expect(await redis.pipeline().set('a', 'OK').get('a').incr('word').del('a').exec({ keepErrors: true })).toEqual([
    { result: 'OK', error: undefined },
    { result: 'OK', error: undefined },
    { result: undefined, error: 'ERR value is not an integer or out of range' },
    { result: 1, error: undefined },
  ])
})

test('a transaction that cannot be queued changes nothing; one that fails midway goes on', async () => {
  const { redis, post } = await givenRedis()
  for (const bad of [['nope'], ['get'], ['set', 'b']]) {
    const { status, body } = await post('/multi-exec', JSON.stringify([['set', 'a', 1], bad]))
    expect(status).toBe(400)
    expect(body).toMatchObject({ error: expect.stringContaining('EXECABORT Transaction discarded because of: ERR') })
  }
  expect(await redis.exists('a')).toBe(0)
  expect((await post('/multi-exec', '[["set","a","x"],["incr","a"],["get","a"]]')).body).toEqual([
    { result: 'OK' },
    { error: 'ERR value is not an integer or out of range' },
    { result: 'x' },
  ])
  expect(await redis.multi().set('n', 1).incr('n').get('n').exec()).toEqual(['OK', 2, 2])
})

test('strings are base64 when asked for; a status OK stays plain at the top only', async () => {
  const { post } = await givenRedis()
  const encoded = async (command: unknown[]) =>
    (await post('/', JSON.stringify(command), { 'upstash-encoding': 'base64' })).body
  expect(await encoded(['set', 'key', 'OK'])).toEqual({ result: 'OK' })
  expect(await encoded(['get', 'key'])).toEqual({ result: btoa('OK') })
  expect(await encoded(['mget', 'key', 'none'])).toEqual({ result: [btoa('OK'), null] })
  expect(await encoded(['type', 'key'])).toEqual({ result: btoa('string') })
  expect(await encoded(['eval', 'return { { ok = "OK" } }', 0])).toEqual({ result: [btoa('OK')] })
  expect(await encoded(['strlen', 'key'])).toEqual({ result: 2 })
})

test('commands come by path as well: path, then body, then query', async () => {
  const { post, redis, url } = await givenRedis()
  expect(await post('/set/a%20key%2F/é?EX=60', '')).toEqual({ status: 200, body: { result: 'OK' } })
  expect(await redis.get('a key/')).toBe('é')
  expect(await redis.ttl('a key/')).toBe(60)
  await post('/set/bytes', new Uint8Array([0xff, 0x00, 0xfe]))
  expect(await redis.strlen('bytes')).toBe(3)
  const response = await fetch(`${url}/get/a%20key%2F`, { headers: { authorization: 'Bearer test-token' } })
  expect(await response.json()).toEqual({ result: 'é' })
  expect(response.headers.get('upstash-sync-token')).not.toBeNull()
})

test('what is wrong is named', async () => {
  const { post } = await givenRedis()
  const errorOf = async (path: string, body: string) => {
    const answer = await post(path, body)
    expect(answer.status).toBe(400)
    return (answer.body as { error: string }).error
  }
  expect(await errorOf('/', '["FOO","a","b"]')).toBe("ERR unknown command 'FOO', with args beginning with: 'a' 'b' ")
  expect(await errorOf('/', '["GET"]')).toBe("ERR wrong number of arguments for 'get' command")
  expect(await errorOf('/', '["constructor"]')).toContain('ERR unknown command')
  expect(await errorOf('/', '[]')).toBe('ERR empty command')
  expect(await errorOf('/', '{')).toContain('not JSON')
  expect(await errorOf('/', '["set","a",{}]')).toContain('unsupported argument type')
  expect(await errorOf('/pipeline', '{}')).toContain('not an array of commands')
  expect(await errorOf('/get/%E0%A4', '')).toContain('percent-encoding')
})

test('a body over the limit is refused, and the server goes on', async () => {
  const { post, redis } = await givenRedis({ maxBodyBytes: 1000 })
  const { status, body } = await post('/', JSON.stringify(['set', 'a', 'x'.repeat(100_000)]))
  expect(status).toBe(413)
  expect(body).toEqual({ error: 'ERR max request size exceeded. Limit: 1000 bytes' })
  expect(await redis.exists('a')).toBe(0)
})

test('no request whatever brings the server down', async () => {
  const { post, redis } = await givenRedis({ maxScriptInstructions: 10_000 })
  const names = [
    'set',
    'GET',
    'zadd',
    'zrange',
    'eval',
    'scan',
    'lpush',
    'lpop',
    'spop',
    'expire',
    'hset',
    'zunion',
    'setrange',
  ]
  const argument = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      'k',
      '(',
      '-1',
      '0',
      '1',
      'return KEYS',
      'withscores',
      'ex',
      'limit',
      'byscore',
      '1e400',
      'nan',
      '9'.repeat(30),
    ),
    fc.double(),
    fc.boolean(),
    fc.jsonValue(),
  )
  const command = fc
    .tuple(fc.constantFrom(...names), fc.array(argument, { maxLength: 5 }))
    .map(([name, args]) => [name, ...args])
  const body = fc.oneof(
    command.map((value) => JSON.stringify(value)),
    fc.array(command).map((value) => JSON.stringify(value)),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.string(),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => new Uint8Array(bytes)),
  )
  const path = fc.constantFrom('/', '/pipeline', '/multi-exec', '/get', '/set/a?', '//', '/eval/return 1/0', '/%')
  await fc.assert(
    fc.asyncProperty(path, body, fc.constantFrom('base64', 'none'), async (path, body, encoding) => {
      const answer = await post(path, body, { 'upstash-encoding': encoding })
      expect([200, 400]).toContain(answer.status)
      if (answer.status === 400) expect(answer.body).toEqual({ error: expect.any(String) })
    }),
    { numRuns: 300 },
  )
  expect(await redis.ping()).toBe('PONG')
})
