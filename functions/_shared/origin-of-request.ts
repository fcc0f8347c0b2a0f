/**
 * Who had a browser send a request: a page of ours, a person who typed an address or followed a bookmark, or another
 * site. `unknown` is what no browser sends, or one too old to say.
 */
export type RequestOrigin = 'own' | 'person' | 'foreign' | 'unknown'

/** By the headers that browsers set and no script can: Fetch Metadata, and where it is not sent, `Origin`. */
export function originOfRequest({ headers, url }: Pick<Request, 'headers' | 'url'>): RequestOrigin {
  const site = headers.get('sec-fetch-site')
  if (site === 'same-origin') return 'own'
  if (site === 'none') return 'person'
  // Another host of the same domain is another site to us.
  if (site !== null) return 'foreign'
  const origin = headers.get('origin')
  if (origin === null) return 'unknown'
  return origin === new URL(url).origin ? 'own' : 'foreign'
}
