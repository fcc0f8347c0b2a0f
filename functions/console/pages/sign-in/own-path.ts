const base = 'https://console.invalid'

/**
 * Where to go after signing in: only to a page of this console, whatever somebody has put into a link.
 *
 * @param wanted path with query, as in `?to=`
 */
export function ownPath(wanted: string | null): string {
  if (wanted === null || !URL.canParse(wanted, base)) return '/'
  const { origin, pathname, search } = new URL(wanted, base)
  const isOwn = origin === base && (pathname === '/console' || pathname.startsWith('/console/'))
  const isEntrance = /^\/console\/sign-(in|up)\/?$/.test(pathname)
  return isOwn && !isEntrance && wanted.startsWith('/') ? pathname + search : '/'
}

/** The sign-in page that leads back to a page. */
export function signInPath(from: string): string {
  return withTarget('/console/sign-in', from)
}

/** An entrance that keeps where its visitor wants to go. */
export function withTarget(entrance: string, wanted: string | null): string {
  const path = ownPath(wanted)
  return path === '/' ? entrance : `${entrance}?${new URLSearchParams({ to: path })}`
}
