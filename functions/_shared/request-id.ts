import type { Context as HonoContext } from 'hono'

const pattern = /^[\w.-]{8,64}$/

export function requestIdOf(c: HonoContext): string {
  return requestIdFrom(c.req.header('x-request-id'))
}

/** What the log knows a request by: the caller's own `X-Request-Id` where it is harmless, or a new one. */
export function requestIdFrom(given: string | undefined): string {
  return given && pattern.test(given) ? given : newRequestId()
}

/** Needs no order, and is made for every request: the platform's own generator is the quickest. */
export function newRequestId(): string {
  return `request_${crypto.randomUUID().replaceAll('-', '')}`
}
