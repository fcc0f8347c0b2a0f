import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { startRedis } from '#infra/local/redis/start.ts'
import { createRateLimiter, RateLimiterUnavailable } from './rate-limit.ts'
import { rateLimitHeaders } from './rate-limit-headers.ts'

// The SDK reads the time of the process, so that is what moves here; the server follows it.
const start = Date.UTC(2030, 0, 1)
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: start }))
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const token = 'secret'

async function givenServer() {
  const server = await startRedis({ token, clock: { now: () => Date.now() } })
  onTestFinished(() => server.close())
  return server
}

async function givenRateLimiter() {
  const { url } = await givenServer()
  const fetches = vi.spyOn(globalThis, 'fetch')
  return { url, limiter: createRateLimiter({ url, token }), fetches }
}

test('the limit is allowed, no more, and again when the window has passed', async () => {
  const { limiter } = await givenRateLimiter()
  const rule = { limit: 3, windowMs: 10_000 }
  const resetAt = new Date(start + 10_000)
  expect(await limiter.limit('login', 'ann', rule)).toEqual({ allowed: true, limit: 3, remaining: 2, resetAt })
  await limiter.limit('login', 'ann', rule)
  await limiter.limit('login', 'ann', rule)
  expect(await limiter.limit('login', 'ann', rule)).toEqual({ allowed: false, limit: 3, remaining: 0, resetAt })
  vi.setSystemTime(start + 20_000)
  expect(await limiter.limit('login', 'ann', rule)).toMatchObject({ allowed: true, remaining: 2 })
})

test('names, keys and rules are counted apart', async () => {
  const { limiter } = await givenRateLimiter()
  const rule = { limit: 1, windowMs: 10_000 }
  const allowed = async (name: string, key: string, limit = 1) =>
    (await limiter.limit(name, key, { ...rule, limit })).allowed
  expect([await allowed('a', 'x'), await allowed('a', 'y'), await allowed('b', 'x')]).toEqual([true, true, true])
  expect([await allowed('a', 'x'), await allowed('a', 'x', 2)]).toEqual([false, true])
})

test('a hot endpoint asks Redis once a lease, and the limit still holds', async () => {
  const { limiter, fetches } = await givenRateLimiter()
  const rule = { limit: 1_000, windowMs: 10_000, leaseSize: 50 }
  for (let request = 0; request < 500; request++) {
    expect((await limiter.limit('predict', 'ann', rule)).allowed).toBe(true)
  }
  expect(fetches.mock.calls.length).toBeLessThan(500 / 50 + 5)
  let allowed = 500
  for (let request = 0; request < 700; request++)
    allowed += Number((await limiter.limit('predict', 'ann', rule)).allowed)
  expect(allowed).toBe(1_000)
})

test('several isolates with leases, all at once, never let more than the limit through', async () => {
  const rule = fc.record({ limit: fc.integer({ min: 1, max: 60 }), leaseSize: fc.integer({ min: 1, max: 20 }) })
  await fc.assert(
    fc.asyncProperty(rule, fc.integer({ min: 1, max: 4 }), async ({ limit, leaseSize }, isolateCount) => {
      const { url } = await givenServer()
      const isolates = Array.from({ length: isolateCount }, () => createRateLimiter({ url, token }))
      let allowed = 0
      for (let wave = 0; wave < 4; wave++) {
        const requests = Array.from({ length: 20 }, (_, index) =>
          isolates[index % isolateCount]?.limit('predict', 'ann', { limit, leaseSize, windowMs: 10_000 }),
        )
        allowed += (await Promise.all(requests)).filter((verdict) => verdict?.allowed).length
      }
      expect(allowed).toBeGreaterThan(0)
      expect(allowed).toBeLessThanOrEqual(limit)
    }),
    { numRuns: 15 },
  )
})

test('a lease ends with its window', async () => {
  const { limiter, fetches } = await givenRateLimiter()
  const rule = { limit: 100, windowMs: 10_000, leaseSize: 40 }
  await limiter.limit('predict', 'ann', rule)
  await limiter.limit('predict', 'ann', rule)
  const before = fetches.mock.calls.length
  await limiter.limit('predict', 'ann', rule)
  expect(fetches.mock.calls.length).toBe(before)
  vi.setSystemTime(start + 10_000)
  await limiter.limit('predict', 'ann', rule)
  expect(fetches.mock.calls.length).toBeGreaterThan(before)
})

test('who was refused is refused without asking again', async () => {
  const { limiter, fetches } = await givenRateLimiter()
  const rule = { limit: 1, windowMs: 10_000 }
  await limiter.limit('login', 'ann', rule)
  await limiter.limit('login', 'ann', rule)
  const before = fetches.mock.calls.length
  expect((await limiter.limit('login', 'ann', rule)).allowed).toBe(false)
  expect(fetches.mock.calls.length).toBe(before)
})

test('who keeps asking gets through as fast as the window slides', async () => {
  const { limiter } = await givenRateLimiter()
  const rule = { limit: 10, windowMs: 10_000, leaseSize: 4 }
  const allowedAt = async (milliseconds: number) => {
    vi.setSystemTime(start + milliseconds)
    return Number((await limiter.limit('predict', 'ann', rule)).allowed)
  }
  let first = 0
  let second = 0
  for (let elapsedMs = 0; elapsedMs < 10_000; elapsedMs += 100) first += await allowedAt(elapsedMs)
  for (let elapsedMs = 10_000; elapsedMs < 20_000; elapsedMs += 100) second += await allowedAt(elapsedMs)
  expect(first).toBe(10)
  expect(second).toBeGreaterThanOrEqual(9)
  expect(second).toBeLessThanOrEqual(10)
})

test('nobody passes while Redis cannot be asked', async () => {
  const { url, close } = await startRedis({ token })
  const rule = { limit: 10, windowMs: 10_000 }
  const stranger = createRateLimiter({ url, token: 'wrong' })
  await expect(stranger.limit('login', 'ann', rule)).rejects.toThrow(RateLimiterUnavailable)
  await close()
  const limiter = createRateLimiter({ url, token })
  await expect(limiter.limit('login', 'ann', rule)).rejects.toMatchObject({ code: 'unavailable', status: 503 })
})

test('nobody passes while Redis does not answer', async () => {
  const silent = createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void silent.close().closeAllConnections())
  const { port } = silent.address() as AddressInfo
  const limiter = createRateLimiter({ url: `http://127.0.0.1:${port}`, token, limits: { timeoutMs: 20 } })
  await expect(limiter.limit('login', 'ann', { limit: 10, windowMs: 10_000 })).rejects.toThrow(RateLimiterUnavailable)
})

test('the headers are those of the draft', () => {
  const rule = { limit: 100, windowMs: 60_000 }
  const verdict = { allowed: true, limit: 100, remaining: 42, resetAt: new Date(start + 29_001) }
  expect(rateLimitHeaders('per-minute', rule, verdict, new Date(start))).toEqual({
    'RateLimit-Policy': '"per-minute";q=100;w=60',
    RateLimit: '"per-minute";r=42;t=30',
  })
  expect(rateLimitHeaders('a"b', rule, { ...verdict, allowed: false }, new Date(start + 60_000))).toEqual({
    'RateLimit-Policy': '"a\\"b";q=100;w=60',
    RateLimit: '"a\\"b";r=42;t=0',
    'Retry-After': '1',
  })
  expect(() => rateLimitHeaders('é', rule, verdict, new Date(start))).toThrow(TypeError)
})
