import { z } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Context } from '#shared/context.ts'
import { tokenLifetimeSeconds } from '#shared/identity.ts'
import { originOfRequest } from '#shared/origin-of-request.ts'
import { Problem } from '#shared/problem.ts'
import { sessionCookie } from '#shared/session-cookie.ts'

export const SessionView = z
  .object({
    expires_in: z.number().int().openapi({ description: 'Seconds' }),
    name: z.string(),
    email: z.string(),
  })
  .openapi('Session')

/** Puts a token where the browser keeps it and no script sees it. */
export function startSession(
  c: HonoContext,
  token: string,
  { name, email }: { name: string; email: string },
): z.infer<typeof SessionView> {
  c.header('cache-control', 'no-store')
  c.header('set-cookie', sessionCookie(c.req.url, token, tokenLifetimeSeconds))
  return { expires_in: tokenLifetimeSeconds, name, email }
}

/** Route middleware: nobody is signed in or out by a page of another site (login CSRF). */
export const notFromElsewhere = createMiddleware<{ Variables: { ctx: Context } }>(
  async function notFromElsewhere(c, next) {
    if (originOfRequest(c.req.raw) === 'foreign')
      throw new Problem('forbidden', { detail: 'Sessions are for pages of this origin; elsewhere, send a token' })
    await next()
  },
)
