import ipaddr from 'ipaddr.js'

const securePorts = new Set(['', '443', '8443'])
/** Names that no public DNS answers, but a resolver beside us might. */
const privateSuffixes = ['localhost', 'local', 'internal', 'home.arpa']

/**
 * What is wrong with an address that a stranger wants us to call, if anything.
 *
 * Pure: names are not resolved, since what a name means can change before the call (DNS rebinding). What protects from
 * that is where the call is made: the egress of the platform reaches no private network. This refuses what would be
 * wrong anywhere, in every notation, since the URL parser makes one of `0x7f.1`, `2130706433` and `127.0.0.1`.
 *
 * @param allowPrivate on a developer's machine: plain HTTP, any port and any host are good
 * @returns the reason, to be read after "the address"
 */
export function outboundUrlFault(text: string, { allowPrivate }: { allowPrivate: boolean }): string | undefined {
  const url = URL.parse(text)
  if (!url) return 'is not a URL'
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:')) return 'must begin with https://'
  if (url.username || url.password) return 'must not contain a user name or password'
  if (allowPrivate) return undefined
  if (!securePorts.has(url.port)) return 'must use port 443 or 8443'
  return isPublicHost(url.hostname) ? undefined : 'must name a public host'
}

function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(host)) return isPublicAddress(ipaddr.process(host))
  const labels = host.replace(/\.$/, '').split('.')
  if (labels.length < 2 || labels.includes('')) return false
  return !privateSuffixes.some((suffix) => `.${labels.join('.')}`.endsWith(`.${suffix}`))
}

/** Only what is known to be public: of IPv6 that is 2000::/3, less what tunnels to somewhere else. */
function isPublicAddress(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast') return false
  return address.kind() === 'ipv4' || address.match(ipaddr.parseCIDR('2000::/3'))
}
