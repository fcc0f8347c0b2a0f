import { Ratelimit } from '@upstash/ratelimit'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { givenRedis } from './testing.ts'

type Limiter = ConstructorParameters<typeof Ratelimit>[0]['limiter']

// The limiter reads the time of the process, so that is what moves here; the server follows it.
const start = Date.UTC(2030, 0, 1)
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: start }))
afterEach(() => void vi.useRealTimers())

async function givenLimiter(limiter: Limiter, options: { analytics?: boolean; dynamicLimits?: boolean } = {}) {
  const { redis, url } = await givenRedis({ clock: { now: () => Date.now() } })
  return { redis, url, limiter: new Ratelimit({ redis, limiter, ephemeralCache: false, ...options }) }
}

const at = (milliseconds: number) => void vi.setSystemTime(start + milliseconds)

async function allowed(limiter: Ratelimit, attempts: number): Promise<number> {
  let count = 0
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { success, pending } = await limiter.limit('user')
    await pending
    if (success) count += 1
  }
  return count
}

test('a fixed window allows its limit and starts anew', async () => {
  const { limiter, redis } = await givenLimiter(Ratelimit.fixedWindow(3, '10 s'))
  expect(await allowed(limiter, 5)).toBe(3)
  at(9_999)
  expect(await limiter.limit('user')).toMatchObject({ success: false, remaining: 0, reset: start + 10_000 })
  at(10_000)
  expect(await allowed(limiter, 5)).toBe(3)
  at(40_000)
  expect(await redis.dbsize()).toBe(0)
})

test('a sliding window weighs what the window before it used', async () => {
  const { limiter, redis } = await givenLimiter(Ratelimit.slidingWindow(10, '10 s'))
  expect(await allowed(limiter, 12)).toBe(10)
  at(15_000)
  expect(await limiter.getRemaining('user')).toEqual({ limit: 10, remaining: 5, reset: start + 20_000 })
  expect(await allowed(limiter, 12)).toBe(5)
  at(60_000)
  expect(await redis.dbsize()).toBe(0)
})

test('a sliding window agrees with a model over any sequence of requests', async () => {
  const limit = 5
  const windowMs = 1_000
  const gaps = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(gaps, async (gapsMs) => {
      const { limiter } = await givenLimiter(Ratelimit.slidingWindow(limit, `${windowMs} ms`))
      const used = new Map<number, number>()
      let elapsed = 0
      for (const gap of gapsMs) {
        elapsed += gap
        at(elapsed)
        const window = Math.floor(elapsed / windowMs)
        const current = used.get(window) ?? 0
        const weighted = Math.floor((1 - (elapsed % windowMs) / windowMs) * (used.get(window - 1) ?? 0))
        const expected = weighted + current < limit
        if (expected) used.set(window, current + 1)
        expect((await limiter.limit('user')).success).toBe(expected)
      }
    }),
    { numRuns: 15 },
  )
})

test('a window of a month does not overflow', async () => {
  const { limiter, redis } = await givenLimiter(Ratelimit.slidingWindow(2, '30 d'))
  expect(await allowed(limiter, 3)).toBe(2)
  const [key] = await redis.keys('*')
  expect(await redis.pttl(key ?? '')).toBe(2 * 30 * 86_400_000 + 1_000)
})

test('a token bucket lets a burst pass and refills', async () => {
  const { limiter } = await givenLimiter(Ratelimit.tokenBucket(2, '1 s', 6))
  expect(await allowed(limiter, 10)).toBe(6)
  at(1_000)
  expect(await allowed(limiter, 10)).toBe(2)
  at(2_500)
  expect(await limiter.limit('user', { rate: 3 })).toMatchObject({ success: false })
  expect(await limiter.limit('user', { rate: 2 })).toMatchObject({ success: true, remaining: 0 })
})

test('a cached fixed window allows no more than its limit', async () => {
  const { redis } = await givenRedis({ clock: { now: () => Date.now() } })
  const limiter = new Ratelimit({ redis, limiter: Ratelimit.cachedFixedWindow(4, '10 s'), ephemeralCache: new Map() })
  expect(await allowed(limiter, 8)).toBe(4)
  at(10_000)
  expect(await allowed(limiter, 8)).toBe(4)
})

test('several tokens at once, a refund, and a reset of one identifier only', async () => {
  const { limiter } = await givenLimiter(Ratelimit.slidingWindow(10, '10 s'))
  expect(await limiter.limit('user', { rate: 8 })).toMatchObject({ success: true, remaining: 2 })
  expect(await limiter.limit('user', { rate: -5 })).toMatchObject({ success: true, remaining: 7 })
  await limiter.limit('other', { rate: 4 })
  await limiter.resetUsedTokens('user')
  expect((await limiter.getRemaining('user')).remaining).toBe(10)
  expect((await limiter.getRemaining('other')).remaining).toBe(6)
})

test('a limit that is changed while running is obeyed', async () => {
  const { limiter } = await givenLimiter(Ratelimit.fixedWindow(2, '10 s'), { dynamicLimits: true })
  await limiter.setDynamicLimit({ limit: 5 })
  expect(await allowed(limiter, 9)).toBe(5)
  expect(await limiter.getDynamicLimit()).toEqual({ dynamicLimit: 5 })
})

test('analytics count what was allowed and what was not', async () => {
  const { limiter, redis } = await givenLimiter(Ratelimit.fixedWindow(3, '10 s'), { analytics: true })
  for (let attempt = 0; attempt < 5; attempt++) await (await limiter.limit('user')).pending
  const [key = ''] = await redis.keys('*:events:*')
  expect(await redis.zrange(key, 0, -1, { withScores: true })).toEqual([
    { identifier: 'user', success: false },
    2,
    { identifier: 'user', success: true },
    3,
  ])
})
