import { createRoute, z } from '@hono/zod-openapi'
import { eq } from 'drizzle-orm'
import { decodeJwt } from 'jose'
import { users } from '#db/schema/users.ts'
import type { UserActor } from '#shared/actor.ts'
import { bearer, signedIn } from '#shared/identity.ts'
import { Problem, problems } from '#shared/problem.ts'
import type { AuthApp } from './services.ts'
import { notFromElsewhere, SessionView, startSession } from './session-view.ts'

/** After this the password is asked for again, however busy the session was: a stolen token does not live for ever. */
const longestSessionMs = 12 * 60 * 60 * 1000

const renewSession = createRoute({
  operationId: 'renewSession',
  method: 'post',
  path: '/session/renewal',
  tags: ['Accounts'],
  summary: 'Go on with a session that has not expired',
  description: 'For 12 hours after the password was given, and with the role of today.',
  security: bearer,
  middleware: [signedIn(), notFromElsewhere] as const,
  responses: {
    200: { description: 'A fresh cookie', content: { 'application/json': { schema: SessionView } } },
    ...problems(401, 403),
  },
})

export function registerRenewSession(app: AuthApp) {
  app.openapi(renewSession, async (c) => {
    const { db, actor, clock, tokens } = c.get('ctx')
    const since = sessionSince(actor, c.req.header('authorization'))
    if (clock.now().getTime() - since.getTime() >= longestSessionMs) throw endedSession()
    const [user] = await db.select().from(users).where(eq(users.id, actor.userId))
    if (!user) throw endedSession()
    return c.json(startSession(c, await tokens.issue(user, since), user), 200)
  })
}

const endedSession = () => new Problem('unauthenticated', { detail: 'The session has ended: sign in again' })

const SessionClaims = z.object({ auth_time: z.number() })

/** @throws Problem `forbidden` for who came by an API key, or by a token that is no session's */
function sessionSince(actor: UserActor, authorization = ''): Date {
  // Who acts by a token has had it verified.
  const token = actor.via === 'token' ? decodeJwt(authorization.replace(/^Bearer /i, '')) : undefined
  const claims = SessionClaims.safeParse(token)
  if (!claims.success) throw new Problem('forbidden', { detail: 'This is not a session: it cannot be renewed' })
  return new Date(claims.data.auth_time * 1000)
}
