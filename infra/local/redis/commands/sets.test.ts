import fc from 'fast-check'
import { expect, test } from 'vitest'
import { givenRedis } from '../testing.ts'

const members = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'))
const sorted = (values: readonly unknown[]) => values.map(String).toSorted()

test('the algebra of sets agrees with that of lists', async () => {
  const { redis } = await givenRedis()
  await fc.assert(
    fc.asyncProperty(members, members, async (left, right) => {
      await redis.flushall()
      const writes = redis.pipeline().set('unrelated', 1)
      for (const member of left) writes.sadd('left', member)
      for (const member of right) writes.sadd('right', member)
      await writes.exec()
      const union = [...new Set([...left, ...right])]
      const intersection = left.filter((member) => right.includes(member))
      const difference = left.filter((member) => !right.includes(member))
      expect(sorted(await redis.sunion('left', 'right'))).toEqual(sorted(union))
      expect(sorted(await redis.sinter('left', 'right'))).toEqual(sorted(intersection))
      expect(sorted(await redis.sdiff('left', 'right'))).toEqual(sorted(difference))
      expect(await redis.sintercard(['left', 'right'], { limit: 2 })).toBe(Math.min(2, intersection.length))
      expect(await redis.sdiffstore('left', 'left', 'right')).toBe(difference.length)
      expect(await redis.exists('left')).toBe(difference.length > 0 ? 1 : 0)
      expect(await redis.sinterstore('out', 'left', 'right')).toBe(0)
      expect(await redis.sunionstore('out', 'left', 'right')).toBe(union.length)
    }),
    { numRuns: 30 },
  )
})

test('members are added once, found, moved and removed; an emptied set is gone', async () => {
  const { redis } = await givenRedis()
  expect(await redis.sadd('set', 'a', 'b', 'a')).toBe(2)
  expect(await redis.scard('set')).toBe(2)
  expect(await redis.sismember('set', 'a')).toBe(1)
  expect(await redis.smismember('set', ['a', 'z'])).toEqual([1, 0])
  expect(await redis.smove('set', 'other', 'a')).toBe(1)
  expect(await redis.smove('set', 'other', 'a')).toBe(0)
  expect(await redis.smembers('other')).toEqual(['a'])
  expect(await redis.srem('set', 'a', 'b')).toBe(1)
  expect(await redis.exists('set')).toBe(0)
  expect(await redis.sscan('other', 0, { match: 'a*' })).toEqual(['0', ['a']])
})

test('random picks come from the set, without repeats unless asked, and the same seed picks the same', async () => {
  const pick = async (seed: number) => {
    const { redis } = await givenRedis({ seed })
    await redis.sadd('set', 1, 2, 3, 4, 5, 6, 7, 8)
    const some = await redis.srandmember<number[]>('set', 5)
    expect(new Set(some).size).toBe(5)
    expect(await redis.srandmember('set', -20)).toHaveLength(20)
    expect(await redis.scard('set')).toBe(8)
    const popped = await redis.spop<number[]>('set', 3)
    expect(await redis.smismember('set', popped ?? [])).toEqual([0, 0, 0])
    return { some, popped, one: await redis.spop('set') }
  }
  expect(await pick(7)).toEqual(await pick(7))
  expect(await pick(7)).not.toEqual(await pick(8))
})
