import { createMiddleware } from 'hono/factory'
import type { UserContext } from './context.ts'
import { Problem } from './problem.ts'
import type { RateLimiter, RateRule } from './rate-limit.ts'
import { rateLimitHeaders } from './rate-limit-headers.ts'

/** Route middleware, after `signedIn`: so many requests a user, counted across all isolates. */
export function limited(name: string, rule: RateRule) {
  return createMiddleware<{ Variables: { ctx: UserContext & { limiter: RateLimiter } } }>(
    async function limited(c, next) {
      const { actor, limiter, clock } = c.get('ctx')
      const verdict = await limiter.limit(name, actor.userId, rule)
      const headers = rateLimitHeaders(name, rule, verdict, clock.now())
      if (!verdict.allowed) throw new Problem('rate_limited', { headers })
      await next()
      for (const [header, value] of Object.entries(headers)) c.res.headers.set(header, value)
    },
  )
}
