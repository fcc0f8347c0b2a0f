const secondsBeforeRetry = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400] as const

/** One and all its retries: what Standard Webhooks recommends, over three days. */
export const maximumDeliveryAttempts = secondsBeforeRetry.length + 1

const longestRetryAfterMs = 86_400_000

/**
 * How long to wait after an attempt failed, or undefined when it was the last.
 *
 * @param attempts how many there were
 * @param retryAfterMs what the receiver asked for: no sooner, but for a day at most
 */
export function retryDelaySeconds(attempts: number, retryAfterMs = 0): number | undefined {
  const planned = secondsBeforeRetry[attempts - 1]
  return planned && Math.max(planned, Math.ceil(Math.min(retryAfterMs, longestRetryAfterMs) / 1000))
}
