import fc from 'fast-check'
import { expect, test } from 'vitest'
import { givenRedis } from '../testing.ts'

test('a key lives exactly until its expiry, whatever else is written meanwhile', async () => {
  const { redis, advance } = await givenRedis()
  const lifetimes = fc.array(fc.option(fc.integer({ min: 1, max: 100 })), { minLength: 1, maxLength: 10 })
  await fc.assert(
    fc.asyncProperty(lifetimes, fc.integer({ min: 0, max: 120 }), async (lifetimesMs, waitMs) => {
      await redis.flushdb()
      const writes = redis.pipeline()
      for (const [index, px] of lifetimesMs.entries()) writes.set(`k${index}`, index, px === null ? {} : { px })
      await writes.exec()
      advance(waitMs)
      const alive = lifetimesMs.flatMap((px, index) => (px === null || px > waitMs ? [`k${index}`] : []))
      expect((await redis.keys('*')).toSorted()).toEqual(alive.toSorted())
      expect(await redis.dbsize()).toBe(alive.length)
      const values = await redis.mget(lifetimesMs.map((_, index) => `k${index}`))
      expect(values.flatMap((value) => (value === null ? [] : [`k${value}`])).toSorted()).toEqual(alive.toSorted())
    }),
    { numRuns: 40 },
  )
})

test('the times of a key are told in every unit', async () => {
  const { redis, advance, now } = await givenRedis()
  expect([await redis.ttl('key'), await redis.pttl('key')]).toEqual([-2, -2])
  await redis.set('key', 1)
  expect([await redis.ttl('key'), await redis.persist('key')]).toEqual([-1, 0])
  expect(await redis.expire('key', 10)).toBe(1)
  advance(4_500)
  expect([await redis.ttl('key'), await redis.pttl('key')]).toEqual([6, 5_500])
  expect(await redis.expireat('key', now() / 1000 + 1.5)).toBe(1)
  expect(await redis.pttl('key')).toBe(1_500)
  expect(await redis.persist('key')).toBe(1)
  expect(await redis.pexpireat('key', now() - 1)).toBe(1)
  expect(await redis.exists('key')).toBe(0)
})

test('EXPIRE under a condition: no expiry counts as infinity', async () => {
  const { redis } = await givenRedis()
  await redis.set('key', 1)
  expect(await redis.expire('key', 10, 'xx')).toBe(0)
  expect(await redis.expire('key', 10, 'gt')).toBe(0)
  expect(await redis.expire('key', 10, 'lt')).toBe(1)
  expect(await redis.expire('key', 20, 'nx')).toBe(0)
  expect(await redis.expire('key', 20, 'lt')).toBe(0)
  expect(await redis.expire('key', 20, 'gt')).toBe(1)
  expect(await redis.expire('missing', 20)).toBe(0)
})

test('changing a value keeps its expiry; replacing it forgets the expiry', async () => {
  const { redis } = await givenRedis()
  await redis.set('counter', 1, { ex: 9 })
  await redis.incr('counter')
  expect(await redis.ttl('counter')).toBe(9)
  await redis.sadd('set', 'a')
  await redis.expire('set', 9)
  await redis.sadd('set', 'b')
  expect(await redis.ttl('set')).toBe(9)
  await redis.sunionstore('set', 'set')
  expect(await redis.ttl('set')).toBe(-1)
})

test('a walk by SCAN meets every key that stays, once, while others come and go', async () => {
  const { redis } = await givenRedis()
  const writes = redis.pipeline()
  for (let index = 0; index < 57; index++) writes.set(`stay:${index}`, index).set(`go:${index}`, index)
  await writes.exec()
  const seen: string[] = []
  let cursor = '0'
  do {
    const [next, keys] = await redis.scan(cursor, { match: 'stay:*', count: 7 })
    seen.push(...keys)
    cursor = next
    await redis.pipeline().del(`go:${seen.length}`).set(`new:${seen.length}`, 1).set('stay:0', 'again').exec()
  } while (cursor !== '0')
  expect(seen.toSorted()).toEqual(Array.from({ length: 57 }, (_, index) => `stay:${index}`).toSorted())
  await redis.sadd('a-set', 1)
  expect(await redis.scan('0', { type: 'set', count: 1000 })).toEqual(['0', ['a-set']])
  await expect(redis.scan('x')).rejects.toThrow('ERR invalid cursor')
})

test('patterns match as globs do, and none takes for ever', async () => {
  const { redis } = await givenRedis()
  await redis.mset({ hello: 1, hallo: 1, hxllo: 1, 'h*llo': 1, heeeello: 1 })
  const matching = async (pattern: string) => (await redis.keys(pattern)).toSorted()
  expect(await matching('h?llo')).toEqual(['h*llo', 'hallo', 'hello', 'hxllo'])
  expect(await matching('h[a-e]llo')).toEqual(['hallo', 'hello'])
  expect(await matching('h[^e]llo')).toEqual(['h*llo', 'hallo', 'hxllo'])
  expect(await matching('h\\*llo')).toEqual(['h*llo'])
  expect(await matching('h*o')).toHaveLength(5)
  await redis.set('a'.repeat(2_000), 1)
  expect(await matching(`${'a*'.repeat(500)}b`)).toEqual([])
})

test('keys are renamed and copied with their expiry, and types are told', async () => {
  const { redis } = await givenRedis()
  await redis.set('a', 1, { ex: 5 })
  await redis.rename('a', 'b')
  expect([await redis.exists('a'), await redis.ttl('b')]).toEqual([0, 5])
  await redis.set('c', 2)
  expect(await redis.renamenx('b', 'c')).toBe(0)
  await expect(redis.rename('missing', 'x')).rejects.toThrow('ERR no such key')
  await redis.rpush('list', 1)
  expect(await redis.copy('list', 'twin')).toBe('COPIED')
  await redis.rpush('twin', 2)
  expect(await redis.lrange('list', 0, -1)).toEqual([1])
  expect(await redis.copy('list', 'twin')).toBe('NOT_COPIED')
  expect([await redis.type('list'), await redis.type('b'), await redis.type('none')]).toEqual([
    'list',
    'string',
    'none',
  ])
  expect(await redis.touch('b', 'c', 'none')).toBe(2)
  expect(await redis.unlink('b', 'c', 'none')).toBe(2)
  expect(['list', 'twin']).toContain(await redis.randomkey())
})
