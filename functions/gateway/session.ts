import { originOfRequest } from '#shared/origin-of-request.ts'
import { sessionToken } from '#shared/session-cookie.ts'

/** Where people become known: a token that has gone stale must not keep them from it. */
const entrances = new Set(['/session', '/sign_up', '/sign_in', '/users/register', '/users/login'])

/**
 * The request as a function gets it: without cookies, and with the token of the browser's session as its
 * `Authorization`, where there is none and the request may speak for its person.
 */
export function withSession(request: Request): Request {
  if (!request.headers.has('cookie')) return request
  const headers = new Headers(request.headers)
  headers.delete('cookie')
  const token = mayUseSession(request) ? sessionToken(request) : undefined
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
  return new Request(request, { headers })
}

/** Only pages of ours may, and an address that somebody opens; no other site can make either (CSRF). */
function mayUseSession(request: Request): boolean {
  if (request.headers.has('authorization') || entrances.has(new URL(request.url).pathname)) return false
  const origin = originOfRequest(request)
  return origin === 'own' || (origin === 'person' && isReading(request.method))
}

const isReading = (method: string) => method === 'GET' || method === 'HEAD'
