import type { Context as HonoContext } from 'hono'

/** The network address of the caller as the platform vouches for it; one address for all where there is no platform. */
export function callerAddress(c: HonoContext): string {
  return c.req.header('cf-connecting-ip') ?? 'local'
}
