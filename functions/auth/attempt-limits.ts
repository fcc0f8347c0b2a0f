import { Ratelimit } from '@upstash/ratelimit'
import { sha256Hex } from '#shared/hash.ts'
import { Problem } from '#shared/problem.ts'
import { createRedis, failClosed } from '#shared/redis.ts'

const signUpsPerAddress = { limit: 300, window: '10 m' } as const
const failuresPerAccount = { limit: 10, window: '15 m' } as const
const failuresPerAddress = { limit: 100, window: '15 m' } as const

export interface AttemptLimits {
  /** @throws Problem `rate_limited` */
  signUp(address: string): Promise<void>
  /**
   * Only failures count, so that nobody is locked out by signing in often; and they count for an account and an address
   * together, so that nobody locks out somebody else.
   *
   * @throws Problem `rate_limited`
   */
  signIn(address: string, email: string): Promise<{ failed(): Promise<void> }>
}

/** Fails closed: when Redis cannot be reached, nobody gets to guess. */
export function createAttemptLimits(env: {
  UPSTASH_REDIS_REST_URL: string
  UPSTASH_REDIS_REST_TOKEN: string
}): AttemptLimits {
  const redis = createRedis({ url: env.UPSTASH_REDIS_REST_URL, token: env.UPSTASH_REDIS_REST_TOKEN })
  const limiter = (name: string, { limit, window }: { limit: number; window: '10 m' | '15 m' }) =>
    new Ratelimit({
      redis,
      prefix: `auspex:${name}`,
      limiter: Ratelimit.slidingWindow(limit, window),
      ...failClosed,
    })
  const signUps = limiter('sign_up', signUpsPerAddress)
  const accounts = limiter('sign_in_account', failuresPerAccount)
  const addresses = limiter('sign_in_address', failuresPerAddress)

  return {
    async signUp(address) {
      const { success, reset } = await reached(signUps.limit(sha256Hex(address)))
      if (!success) refuse(reset)
    },
    async signIn(address, email) {
      const account = sha256Hex(`${address} ${email}`)
      const place = sha256Hex(address)
      const left = await reached(Promise.all([accounts.getRemaining(account), addresses.getRemaining(place)]))
      for (const { remaining, reset } of left) if (remaining <= 0) refuse(reset)
      return {
        async failed() {
          await reached(Promise.all([accounts.limit(account), addresses.limit(place)]))
        },
      }
    },
  }
}

function refuse(resetMs: number): never {
  const seconds = Math.max(1, Math.ceil((resetMs - Date.now()) / 1000))
  throw new Problem('rate_limited', {
    detail: `Try again in ${seconds} s`,
    headers: { 'retry-after': String(seconds) },
  })
}

async function reached<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (cause) {
    throw new Problem('unavailable', { detail: 'Attempts cannot be counted at the moment', cause })
  }
}
