import fc from 'fast-check'
import { expect, test } from 'vitest'
import { givenRedis } from '../testing.ts'

test('every text survives the way there and back, byte for byte', async () => {
  const { redis } = await givenRedis()
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
      const wellFormed = text.toWellFormed()
      await redis.set('text', { wellFormed })
      expect(await redis.get('text')).toEqual({ wellFormed })
    }),
    { numRuns: 50 },
  )
})

test('lengths and offsets count bytes, not characters', async () => {
  const { redis } = await givenRedis()
  await redis.set('text', 'é=1')
  expect(await redis.strlen('text')).toBe(4)
  expect(await redis.getrange('text', 2, -1)).toBe('=1')
  expect(await redis.append('text', '€')).toBe(7)
  expect(await redis.setrange('text', 2, '+')).toBe(7)
  expect(await redis.get('text')).toBe('é+1€')
  expect(await redis.setrange('padded', 2, 'x')).toBe(3)
  expect(await redis.get('padded')).toBe('\0\0x')
})

test('SET obeys its options, in whatever case they come', async () => {
  const { redis, now, post } = await givenRedis()
  expect(await redis.set('key', 'a', { nx: true })).toBe('OK')
  expect(await redis.set('key', 'b', { nx: true })).toBeNull()
  expect(await redis.set('other', 'b', { xx: true })).toBeNull()
  expect(await redis.set('key', 'c', { get: true, ex: 10 })).toBe('a')
  expect(await redis.ttl('key')).toBe(10)
  await redis.set('key', 'd', { keepTtl: true })
  expect(await redis.pttl('key')).toBe(10_000)
  await redis.set('key', 'e')
  expect(await redis.ttl('key')).toBe(-1)
  await redis.set('key', 'f', { pxat: now() + 5 })
  expect(await redis.pttl('key')).toBe(5)
  expect(await post('/', '["SET","key","g","EX","60","PX","1"]')).toEqual({
    status: 400,
    body: { error: 'ERR syntax error' },
  })
  expect(await post('/', '["SET","key","g","EX",0]')).toMatchObject({
    body: { error: "ERR invalid expire time in 'set' command" },
  })
  expect(await redis.get('key')).toBe('f')
})

test('the readers that also change do both', async () => {
  const { redis } = await givenRedis()
  await redis.set('key', 'a')
  expect(await redis.getset('key', 'b')).toBe('a')
  expect(await redis.getex('key', { ex: 5 })).toBe('b')
  expect(await redis.ttl('key')).toBe(5)
  expect(await redis.getex('key', { persist: true })).toBe('b')
  expect(await redis.ttl('key')).toBe(-1)
  expect(await redis.getdel('key')).toBe('b')
  expect(await redis.exists('key')).toBe(0)
  await redis.setex('key', 3, 'c')
  expect(await redis.ttl('key')).toBe(3)
  await redis.psetex('key', 30, 'd')
  expect(await redis.pttl('key')).toBe(30)
})

test('several keys are written together, and MSETNX writes all or none', async () => {
  const { redis } = await givenRedis()
  await redis.mset({ a: 1, b: 'OK' })
  expect(await redis.mget('a', 'b', 'missing')).toEqual([1, 'OK', null])
  expect(await redis.msetnx({ b: 2, c: 3 })).toBe(0)
  expect(await redis.exists('c')).toBe(0)
  expect(await redis.msetnx({ c: 3, d: 4 })).toBe(1)
  expect(await redis.setnx('d', 5)).toBe(0)
})

test('counters are exact over 64 bits and refuse what is no number', async () => {
  const { redis, post } = await givenRedis()
  await fc.assert(
    fc.asyncProperty(fc.maxSafeInteger(), fc.array(fc.integer(), { maxLength: 5 }), async (start, steps) => {
      await redis.set('n', start)
      for (const step of steps) await (step < 0 ? redis.decrby('n', -step) : redis.incrby('n', step))
      const sum = steps.reduce((total, step) => total + BigInt(step), BigInt(start))
      expect(await redis.strlen('n')).toBe(String(sum).length)
      expect((await post('/', '["GET","n"]')).body).toEqual({ result: String(sum) })
    }),
    { numRuns: 30 },
  )
  await redis.set('big', '9223372036854775807')
  await expect(redis.incr('big')).rejects.toThrow('ERR increment or decrement would overflow')
  await redis.set('word', 'ten')
  await expect(redis.incr('word')).rejects.toThrow('ERR value is not an integer or out of range')
  expect(await redis.incrbyfloat('float', 1.5)).toBe(1.5)
  await expect(redis.incrbyfloat('word', 1)).rejects.toThrow('ERR value is not a valid float')
})
