import { parseDurationMs } from './duration.ts'

const HEADERS = ['retry-after', 'x-ratelimit-reset', 'x-ratelimit-reset-requests', 'x-ratelimit-reset-tokens']
const LONGEST_MS = 86_400_000

/**
 * The delay that a destination asks for: seconds, an HTTP date or a duration such as `6m5s`.
 *
 * @returns undefined when it asks for none, or for more than the back-off would ever wait (a day)
 */
export function retryAfterMs(header: (name: string) => string | undefined, nowMs: number): number | undefined {
  for (const name of HEADERS) {
    const text = header(name)?.trim()
    if (!text) continue
    const delayMs = /^\d+(\.\d+)?$/.test(text)
      ? Number(text) * 1_000
      : (parseDurationMs(text) ?? untilDateMs(text, nowMs))
    if (delayMs !== undefined && delayMs <= LONGEST_MS) return delayMs
  }
  return undefined
}

function untilDateMs(text: string, nowMs: number): number | undefined {
  const atMs = Date.parse(text)
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs)
}
