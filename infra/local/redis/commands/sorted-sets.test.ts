import fc from 'fast-check'
import { expect, test } from 'vitest'
import { givenRedis } from '../testing.ts'

const member = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'é', 'z', '👍')
const score = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, noDefaultInfinity: true }))
const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

test('members are kept by score, then by bytes, after any writes', async () => {
  const { redis } = await givenRedis()
  const step = fc.record({ member, score, isRemoval: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 25 }),
      fc.nat({ max: 7 }),
      fc.nat({ max: 7 }),
      async (steps, from, to) => {
        await redis.flushdb()
        const model = new Map<string, number>()
        const writes = redis.pipeline().ping()
        for (const { member, score, isRemoval } of steps) {
          if (isRemoval) writes.zrem('z', member)
          else writes.zadd('z', { score, member })
          if (isRemoval) model.delete(member)
          else model.set(member, score)
        }
        await writes.exec()
        const ordered = [...model].toSorted(([a, x], [b, y]) => (x === y ? byBytes(a, b) : x < y ? -1 : 1))
        const names = ordered.map(([name]) => name)
        expect(await redis.zrange('z', 0, -1)).toEqual(names)
        expect(await redis.zrange('z', from, to, { rev: true })).toEqual(names.toReversed().slice(from, to + 1))
        expect(await redis.zcard('z')).toBe(model.size)
        expect(await redis.zrank('z', 'é')).toBe(model.has('é') ? names.indexOf('é') : null)
        const inside = ordered.filter(([, value]) => value >= -1 && value < 2).map(([name]) => name)
        expect(await redis.zrange('z', -1, '(2', { byScore: true })).toEqual(inside)
        expect(await redis.zcount('z', -1, '(2')).toBe(inside.length)
        expect(await redis.zrange('z', '(2', -1, { byScore: true, rev: true, offset: 1, count: 2 })).toEqual(
          inside.toReversed().slice(1, 3),
        )
      },
    ),
    { numRuns: 40 },
  )
})

test('ZADD obeys its options', async () => {
  const { redis, post } = await givenRedis()
  expect(await redis.zadd('z', { score: 1, member: 'a' }, { score: 2, member: 'b' })).toBe(2)
  expect(await redis.zadd('z', { nx: true }, { score: 9, member: 'a' }, { score: 3, member: 'c' })).toBe(1)
  expect(await redis.zadd('z', { xx: true, ch: true }, { score: 5, member: 'a' }, { score: 3, member: 'd' })).toBe(1)
  expect(await redis.zadd('z', { xx: true, gt: true, ch: true }, { score: 4, member: 'a' })).toBe(0)
  expect(await redis.zadd('z', { lt: true, ch: true }, { score: 4, member: 'a' })).toBe(1)
  expect(await redis.zadd('z', { incr: true }, { score: 0.5, member: 'a' })).toBe(4.5)
  expect(await redis.zadd('z', { nx: true, incr: true }, { score: 1, member: 'a' })).toBeNull()
  expect(await redis.zincrby('z', -1, 'a')).toBe(3.5)
  expect(await redis.zmscore('z', ['a', 'none'])).toEqual([3.5, null])
  expect(await redis.zscore('z', 'none')).toBeNull()
  expect(await post('/', '["ZADD","z",1,"x","no","y"]')).toMatchObject({
    body: { error: 'ERR value is not a valid float' },
  })
  expect(await redis.zscore('z', 'x')).toBeNull()
  expect(await post('/', '["ZADD","z","NX","XX",1,"x"]')).toMatchObject({ status: 400 })
})

test('ranges by score, member and rank select and remove', async () => {
  const { redis, post } = await givenRedis()
  const fill = () =>
    redis.zadd(
      'z',
      { score: 0, member: 'a' },
      { score: 0, member: 'b' },
      { score: 0, member: 'c' },
      { score: 0, member: 'd' },
    )
  await fill()
  expect(await redis.zrange('z', '[b', '(d', { byLex: true })).toEqual(['b', 'c'])
  expect(await redis.zrange('z', '+', '[c', { byLex: true, rev: true })).toEqual(['d', 'c'])
  expect(await redis.zlexcount('z', '-', '+')).toBe(4)
  expect(await redis.zremrangebylex('z', '-', '(b')).toBe(1)
  expect(await redis.zremrangebyrank('z', -1, -1)).toBe(1)
  expect(await redis.zremrangebyscore('z', '-inf', '+inf')).toBe(2)
  expect(await redis.exists('z')).toBe(0)
  await fill()
  expect(await post('/', '["ZRANGESTORE","copy","z",1,2]')).toMatchObject({ body: { result: 2 } })
  expect(await redis.zrange('copy', 0, -1)).toEqual(['b', 'c'])
  expect(await redis.zpopmin('z')).toEqual(['a', 0])
  expect(await redis.zpopmax('z', 2)).toEqual(['d', 0, 'c', 0])
  expect(await redis.zscan('z', 0)).toEqual(['0', ['b', 0]])
  expect(await redis.zrevrank('copy', 'c')).toBe(0)
  expect(await post('/', '["ZRANGEBYLEX","z","b","c"]')).toMatchObject({
    body: { error: 'ERR min or max not valid string range item' },
  })
})

test('unions, intersections and differences add up weighted scores; plain sets count 1', async () => {
  const { redis } = await givenRedis()
  await redis.zadd('x', { score: 1, member: 'a' }, { score: 2, member: 'b' })
  await redis.zadd('y', { score: 10, member: 'b' }, { score: 20, member: 'c' })
  await redis.sadd('plain', 'a')
  expect(await redis.zunion(2, ['x', 'y'], { withScores: true })).toEqual(['a', 1, 'b', 12, 'c', 20])
  expect(await redis.zunionstore('out', 2, ['x', 'y'], { weights: [2, 3], aggregate: 'max' })).toBe(3)
  expect(await redis.zrange('out', 0, -1, { withScores: true })).toEqual(['a', 2, 'b', 30, 'c', 60])
  expect(await redis.zinterstore('out', 2, ['x', 'plain'])).toBe(1)
  expect(await redis.zrange('out', 0, -1, { withScores: true })).toEqual(['a', 2])
  expect(await redis.zdiffstore('out', 2, 'x', 'y')).toBe(1)
  expect(await redis.zrange('out', 0, -1)).toEqual(['a'])
})
