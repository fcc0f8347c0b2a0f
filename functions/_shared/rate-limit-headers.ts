import type { RateRule, RateVerdict } from './rate-limit.ts'

/**
 * The header fields of draft-ietf-httpapi-ratelimit-headers-10, and Retry-After for who was refused.
 *
 * @param name of the rule, in printable ASCII: `"name";q=100;w=60` and `"name";r=42;t=30`
 */
export function rateLimitHeaders(
  name: string,
  rule: RateRule,
  verdict: RateVerdict,
  now: Date,
): Record<string, string> {
  const policy = structuredString(name)
  const secondsLeft = Math.max(0, Math.ceil((verdict.resetAt.getTime() - now.getTime()) / 1000))
  return {
    'RateLimit-Policy': `${policy};q=${rule.limit};w=${Math.ceil(rule.windowMs / 1000)}`,
    RateLimit: `${policy};r=${verdict.remaining};t=${secondsLeft}`,
    ...(!verdict.allowed && { 'Retry-After': String(Math.max(1, secondsLeft)) }),
  }
}

/** RFC 9651, section 3.3.3. */
function structuredString(text: string): string {
  if (!/^[\x20-\x7e]*$/.test(text)) throw new TypeError(`Not printable ASCII: ${JSON.stringify(text)}`)
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`
}
