import { createRoute } from '@hono/zod-openapi'
import { problems } from '#shared/problem.ts'
import { sessionCookie } from '#shared/session-cookie.ts'
import type { AuthApp } from './services.ts'
import { notFromElsewhere } from './session-view.ts'

const closeSession = createRoute({
  operationId: 'closeSession',
  method: 'delete',
  path: '/session',
  tags: ['Accounts'],
  summary: 'Sign out with a browser',
  middleware: notFromElsewhere,
  responses: { 204: { description: 'The browser has no token, now or before' }, ...problems(401, 403) },
})

export function registerCloseSession(app: AuthApp) {
  app.openapi(closeSession, (c) => {
    c.header('cache-control', 'no-store')
    c.header('set-cookie', sessionCookie(c.req.url, '', 0))
    return c.body(null, 204)
  })
}
