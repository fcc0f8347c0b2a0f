import { Redis } from '@upstash/redis/cloudflare'

const defaultTimeoutMs = 2_000
const retryDelayMs = 50

/** The Redis client of a Worker: each command is a request of its own, bounded in time, tried twice. */
export function createRedis({
  url,
  token,
  timeoutMs = defaultTimeoutMs,
}: {
  url: string
  token: string
  timeoutMs?: number
}) {
  return new Redis({
    url,
    token,
    enableTelemetry: false,
    // It would make one request wait for a fetch that another request began, which Workers forbid.
    enableAutoPipelining: false,
    retry: { retries: 1, backoff: () => retryDelayMs },
    signal: () => AbortSignal.timeout(timeoutMs),
  })
}

/** What every limit is made with: the SDK's own timeout lets everybody pass, its cache refuses beyond the window's flow. */
export const failClosed = { timeout: 0, ephemeralCache: false, enableTelemetry: false } as const
