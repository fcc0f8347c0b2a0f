import { timingSafeEqual } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import { type Actor, hasRole } from '#shared/actor.ts'
import type { Context } from '#shared/context.ts'
import { sha256Hex } from '#shared/hash.ts'
import { Problem } from '#shared/problem.ts'

/** A scraper comes with a secret of its own, where one is set: it has no account. */
export function scrapers({ METRICS_TOKEN }: { METRICS_TOKEN?: string | undefined }) {
  const expected = METRICS_TOKEN === undefined ? undefined : digest(`Bearer ${METRICS_TOKEN}`)
  return (authorization: string | undefined): Actor | undefined =>
    expected !== undefined && authorization !== undefined && timingSafeEqual(digest(authorization), expected)
      ? { kind: 'scraper' }
      : undefined
}

/** Of one length, whatever is sent: comparing takes the same time. */
const digest = (text: string) => Buffer.from(sha256Hex(text), 'hex')

/** Route middleware: lets scrapers and admins through. */
export const scraperOrAdmin = createMiddleware<{ Variables: { ctx: Context } }>(async function scraperOrAdmin(c, next) {
  const { actor } = c.get('ctx')
  if (actor.kind === 'anonymous') throw new Problem('unauthenticated')
  const mayRead = actor.kind === 'scraper' || (actor.kind === 'user' && hasRole(actor, 'admin'))
  if (!mayRead) throw new Problem('forbidden', { detail: 'This needs the role admin' })
  await next()
})
