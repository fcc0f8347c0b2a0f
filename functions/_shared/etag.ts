import type { Context as HonoContext } from 'hono'
import { sha256Hex } from './hash.ts'

/**
 * Sets the entity tag of an answer, private to its caller and always to be revalidated (RFC 9110, 8.8.3).
 *
 * @returns whether the caller has this very content already, so that 304 is the whole answer
 */
export function etag(c: HonoContext, content: unknown): boolean {
  const tag = `"${sha256Hex(JSON.stringify(content)).slice(0, 32)}"`
  c.header('etag', tag)
  c.header('cache-control', 'private, no-cache')
  const known = c.req.header('if-none-match') ?? ''
  return known.trim() === '*' || known.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === tag)
}
