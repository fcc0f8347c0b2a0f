import { Ratelimit } from '@upstash/ratelimit'
import { Problem } from './problem.ts'
import { createRedis, failClosed } from './redis.ts'

export interface RateRule {
  /** Requests allowed in any window of this length (sliding). */
  limit: number
  windowMs: number
  /**
   * For hot endpoints: take up to this many requests from Redis at once and count them down in this isolate. Never lets
   * more through than the limit; may let a few less through near it.
   */
  leaseSize?: number
}

export interface RateVerdict {
  allowed: boolean
  limit: number
  /** At least so many more would be allowed now, as far as this isolate knows. */
  remaining: number
  /** When the window ends. */
  resetAt: Date
}

export interface RateLimiter {
  /**
   * Counts one request.
   *
   * @param name of the rule, from code: two rules never share a count
   * @param key whom it is counted for, such as a user's id
   * @throws RateLimiterUnavailable when Redis cannot be asked: nobody passes uncounted
   */
  limit(name: string, key: string, rule: RateRule): Promise<RateVerdict>
}

export class RateLimiterUnavailable extends Problem {
  constructor(cause: unknown) {
    super('unavailable', { detail: 'Requests cannot be counted at the moment', cause })
  }
}

/** What this isolate knows about a key, until the window ends. */
interface Known {
  /** Requests that Redis has counted already and that may still be made here. */
  left: number
  /** What Redis had left for others. */
  remaining: number
  refusedUntilMs: number
  resetAtMs: number
}

const defaultMaxKeys = 10_000 // forgetting one costs a question to Redis, no more

/** The time is that of the isolate, as the SDK reads it. Keep one limiter an isolate: leases live in it. */
export function createRateLimiter(options: {
  url: string
  token: string
  limits?: { timeoutMs?: number; maxKeys?: number }
}): RateLimiter {
  const { timeoutMs, maxKeys = defaultMaxKeys } = options.limits ?? {}
  const redis = createRedis({ url: options.url, token: options.token, ...(timeoutMs !== undefined && { timeoutMs }) })
  const knownKeys = new Map<string, Known>()

  async function ask(prefix: string, key: string, rule: RateRule): Promise<RateVerdict> {
    const id = `${prefix}:${key}`
    const known = knownKeys.get(id)
    const rate = leaseOf(rule, known)
    // Requests that come while this lease is under way take one each, or they would all take a lease.
    if (known) known.remaining = 0
    const limiter = new Ratelimit({
      redis,
      prefix,
      limiter: Ratelimit.slidingWindow(rule.limit, `${rule.windowMs} ms`),
      ...failClosed,
    })
    const { success, remaining, reset } = await limiter.limit(key, { rate }).catch((cause: unknown) => {
      throw new RateLimiterUnavailable(cause)
    })
    const current = knownKeys.get(id)
    const left = (current?.resetAtMs === reset ? current.left : 0) + (success ? rate - 1 : 0)
    const refusedUntilMs = success ? 0 : Date.now() + rule.windowMs / rule.limit
    if (knownKeys.size >= maxKeys) knownKeys.clear()
    knownKeys.set(id, { left, remaining, refusedUntilMs, resetAtMs: reset })
    return { allowed: success, limit: rule.limit, remaining: left + remaining, resetAt: new Date(reset) }
  }

  return {
    async limit(name, key, rule) {
      const prefix = `rate:${name}:${rule.limit}:${rule.windowMs}`
      const known = knownKeys.get(`${prefix}:${key}`)
      const nowMs = Date.now()
      const allowed = known !== undefined && known.left > 0
      const isDecided = known && nowMs < known.resetAtMs && (allowed || nowMs < known.refusedUntilMs)
      if (!isDecided) return ask(prefix, key, rule)
      if (allowed) known.left -= 1
      const { left, remaining, resetAtMs } = known
      return { allowed, limit: rule.limit, remaining: left + remaining, resetAt: new Date(resetAtMs) }
    },
  }
}

// At most half of what is known to remain, because Redis counts a lease for more than there is in full and refuses it:
// near the limit, or before anything is known, requests are counted one by one.
function leaseOf({ leaseSize = 1 }: RateRule, known: Known | undefined): number {
  const remaining = known && Date.now() < known.resetAtMs ? known.remaining : 0
  return Math.max(1, Math.min(leaseSize, Math.floor(remaining / 2)))
}
