/** What callers on other sites may read of an answer. */
export const exposedHeaders = [
  'etag',
  'idempotent-replayed',
  'link',
  'location',
  'preference-applied',
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'x-request-id',
]

/**
 * Of every answer of every function: any site may call with its own token, no browser may guess at types, show an answer
 * in a frame or run anything in it. Set where the answer is made, since to change it later would copy it.
 */
export const commonHeaders: readonly (readonly [name: string, value: string])[] = [
  ['access-control-allow-origin', '*'],
  ['access-control-expose-headers', exposedHeaders.join(', ')],
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
  ['referrer-policy', 'no-referrer'],
  ['strict-transport-security', 'max-age=31536000; includeSubDomains'],
  ['x-content-type-options', 'nosniff'],
]
