import { parse, serialize } from 'hono/utils/cookie'

const name = 'auspex_session'
const usable = /^[\w.~+/=-]{1,4096}$/

/**
 * The cookie that holds a browser's token: no script can read it, no other site can have it sent, and where there is TLS
 * no other host of the domain can set it (`__Host-`).
 *
 * @param url of the request: plain HTTP, as on a developer's machine, has no secure cookies
 * @param maximumAgeSeconds 0 clears it
 */
export function sessionCookie(url: string, token: string, maximumAgeSeconds: number): string {
  const secure = isSecure(url)
  const options = { path: '/', httpOnly: true, sameSite: 'Strict', maxAge: maximumAgeSeconds, secure } as const
  return serialize(cookieName(secure), token, options)
}

/** @returns the token in a request's cookies, unless it is none that a header can carry */
export function sessionToken({ headers, url }: Pick<Request, 'headers' | 'url'>): string | undefined {
  const key = cookieName(isSecure(url))
  const token = parse(headers.get('cookie') ?? '', key)[key]
  return token !== undefined && usable.test(token) ? token : undefined
}

const isSecure = (url: string) => new URL(url).protocol === 'https:'
const cookieName = (secure: boolean) => (secure ? `__Host-${name}` : name)
