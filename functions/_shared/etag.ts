import type { Context as HonoContext } from 'hono'

/**
 * Sets the entity tag of an answer, private to its caller and always to be revalidated (RFC 9110, 8.8.3).
 *
 * @param version changes whenever the content does
 * @returns whether the caller has this very content already, so that 304 is the whole answer
 */
export function etag(c: HonoContext, version: string): boolean {
  const tag = `"${version}"`
  c.header('etag', tag)
  c.header('cache-control', 'private, no-cache')
  const known = c.req.header('if-none-match') ?? ''
  return known.trim() === '*' || known.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === tag)
}
