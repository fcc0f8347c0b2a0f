import type { Context as HonoContext } from 'hono'
import { newId } from './ids.ts'

const pattern = /^[\w.-]{8,64}$/

/** What the log knows a request by: the caller's own `X-Request-Id` where it is harmless, or a new one. */
export function requestIdOf(c: HonoContext): string {
  const given = c.req.header('x-request-id')
  return given && pattern.test(given) ? given : newId('request')
}
