import fc from 'fast-check'
import { expect, test } from 'vitest'
import { givenRedis } from '../testing.ts'

test('a list agrees with an array after any pushes, pops and trims', async () => {
  const { redis } = await givenRedis()
  const step = fc.tuple(
    fc.constantFrom('lpush', 'rpush', 'lpop', 'rpop', 'ltrim', 'lrem'),
    fc.integer({ min: -3, max: 3 }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      await redis.flushdb()
      let model: number[] = []
      const writes = redis.pipeline().ping()
      for (const [command, n] of steps) {
        if (command === 'lpush') model.unshift(n, n + 1)
        if (command === 'lpush') writes.lpush('list', n + 1, n)
        if (command === 'rpush') model.push(n, n + 1)
        if (command === 'rpush') writes.rpush('list', n, n + 1)
        if (command === 'lpop') model.splice(0, Math.abs(n))
        if (command === 'lpop') writes.lpop('list', Math.abs(n))
        if (command === 'rpop') model = model.slice(0, Math.max(0, model.length - Math.abs(n)))
        if (command === 'rpop') writes.rpop('list', Math.abs(n))
        if (command === 'ltrim') model = model.slice(Math.abs(n))
        if (command === 'ltrim') writes.ltrim('list', Math.abs(n), -1)
        if (command === 'lrem') model = model.filter((item) => item !== n)
        if (command === 'lrem') writes.lrem('list', 0, n)
      }
      await writes.exec()
      expect(await redis.lrange('list', 0, -1)).toEqual(model)
      expect(await redis.llen('list')).toBe(model.length)
      expect(await redis.exists('list')).toBe(model.length > 0 ? 1 : 0)
      expect(await redis.lindex('list', -1)).toBe(model.at(-1) ?? null)
    }),
    { numRuns: 40 },
  )
})

test('list items are inserted, set, found, moved and removed from either end', async () => {
  const { redis } = await givenRedis()
  await redis.rpush('list', 'a', 'b', 'c', 'b')
  expect(await redis.linsert('list', 'before', 'c', 'x')).toBe(5)
  expect(await redis.linsert('list', 'after', 'none', 'x')).toBe(-1)
  expect(await redis.lset('list', -1, 'last')).toBe('OK')
  await expect(redis.lset('list', 9, 'x')).rejects.toThrow('ERR index out of range')
  expect(await redis.lrange('list', 1, -2)).toEqual(['b', 'x', 'c'])
  await redis.rpush('list', 'b')
  expect(await redis.lpos('list', 'b')).toBe(1)
  expect(await redis.lpos('list', 'b', { rank: -1 })).toBe(5)
  expect(await redis.lpos('list', 'b', { count: 0 })).toEqual([1, 5])
  expect(await redis.lrem('list', -1, 'b')).toBe(1)
  expect(await redis.lmove('list', 'list', 'left', 'right')).toBe('a')
  expect(await redis.lmove('list', 'other', 'right', 'left')).toBe('a')
  expect(await redis.lpushx('missing', 'x')).toBe(0)
  expect(await redis.lpop('missing')).toBeNull()
})

test('hash fields are written, counted, changed and removed; an emptied hash is gone', async () => {
  const { redis } = await givenRedis()
  expect(await redis.hset('hash', { a: 1, b: 'OK', c: { deep: true } })).toBe(3)
  expect(await redis.hset('hash', { a: 2 })).toBe(0)
  expect(await redis.hgetall('hash')).toEqual({ a: 2, b: 'OK', c: { deep: true } })
  expect(await redis.hmget('hash', 'a', 'none')).toEqual({ a: 2, none: null })
  expect(await redis.hsetnx('hash', 'a', 3)).toBe(0)
  expect(await redis.hincrby('hash', 'a', 5)).toBe(7)
  expect(await redis.hincrbyfloat('hash', 'f', 0.5)).toBe(0.5)
  await expect(redis.hincrby('hash', 'b', 1)).rejects.toThrow('ERR hash value is not an integer')
  expect([await redis.hlen('hash'), await redis.hexists('hash', 'b'), await redis.hstrlen('hash', 'b')]).toEqual([
    4, 1, 2,
  ])
  expect(await redis.hkeys('hash')).toEqual(['a', 'b', 'c', 'f'])
  expect(await redis.hvals('hash')).toEqual([7, 'OK', { deep: true }, 0.5])
  expect(await redis.hscan('hash', 0, { match: 'a*' })).toEqual(['0', ['a', 7]])
  expect(['a', 'b', 'c', 'f']).toContain(await redis.hrandfield('hash'))
  expect(await redis.hrandfield('hash', 9, true)).toMatchObject({ a: 7, b: 'OK' })
  expect(await redis.hdel('hash', 'a', 'b', 'c', 'f', 'none')).toBe(4)
  expect(await redis.exists('hash')).toBe(0)
  expect(await redis.hgetall('hash')).toBeNull()
})

test('every family refuses a key of another family and leaves it alone', async () => {
  const { redis } = await givenRedis()
  await redis.set('string', 'kept')
  await redis.lpush('list', 1)
  const attempts = [
    () => redis.hset('string', { a: 1 }),
    () => redis.lpush('string', 1),
    () => redis.sadd('string', 1),
    () => redis.zadd('string', { score: 1, member: 'a' }),
    () => redis.get('list'),
    () => redis.incr('list'),
    () => redis.zunionstore('out', 1, ['list']),
    () => redis.sunion('string'),
    () => redis.lmove('list', 'string', 'left', 'left'),
  ]
  for (const attempt of attempts) await expect(attempt()).rejects.toThrow('WRONGTYPE')
  expect(await redis.get('string')).toBe('kept')
  expect(await redis.llen('list')).toBe(1)
  expect(await redis.mget('string', 'list')).toEqual(['kept', null])
})
