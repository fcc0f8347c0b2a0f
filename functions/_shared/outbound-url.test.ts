import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outboundUrlFault } from './outbound-url.ts'

const inProduction = (url: string) => outboundUrlFault(url, { allowPrivate: false })
const onThisMachine = (url: string) => outboundUrlFault(url, { allowPrivate: true })

const octet = fc.integer({ min: 0, max: 255 })
const between = (min: number, max: number) => fc.integer({ min, max })
const privateAddress = fc.oneof(
  fc.tuple(fc.constant(0), octet, octet, octet),
  fc.tuple(fc.constant(10), octet, octet, octet),
  fc.tuple(fc.constant(127), octet, octet, octet),
  fc.tuple(fc.constant(100), between(64, 127), octet, octet),
  fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
  fc.tuple(fc.constant(172), between(16, 31), octet, octet),
  fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
  fc.tuple(between(224, 255), octet, octet, octet),
)

type Octets = [number, number, number, number]
const asNumber = ([a, b, c, d]: Octets) => ((a * 256 + b) * 256 + c) * 256 + d
const hex = (n: number) => n.toString(16)

/** Every way to write an IPv4 address that URL parsers understand, and the ways to hide one in IPv6. */
const notations: ((octets: Octets) => string)[] = [
  (octets) => octets.join('.'),
  (octets) => `${octets.join('.')}.`,
  (octets) => String(asNumber(octets)),
  (octets) => `0x${hex(asNumber(octets))}`,
  (octets) => `0${asNumber(octets).toString(8)}`,
  ([a, b, c, d]) => `0x${hex(a)}.${b}.0${c.toString(8)}.${d}`,
  ([a, b, c, d]) => `${a}.${asNumber([0, b, c, d])}`,
  (octets) => `[::ffff:${octets.join('.')}]`,
  (octets) => `[::${octets.join('.')}]`,
  (octets) => `[64:ff9b::${octets.join('.')}]`,
  ([a, b, c, d]) => `[2002:${hex(a * 256 + b)}:${hex(c * 256 + d)}::1]`,
]

test('no private IPv4 address is called, however it is written', () =>
  fc.assert(
    fc.property(privateAddress, fc.constantFrom(...notations), (octets, write) => {
      expect(inProduction(`https://${write(octets)}/hook`)).toBe('must name a public host')
    }),
  ))

test('no private IPv6 address is called', () =>
  fc.assert(
    fc.property(fc.constantFrom('fc', 'fd', 'fe8', 'feb', 'fec', 'ff', '0'), fc.ipV6(), (prefix, address) => {
      const rest = address.includes('.') || address.includes('::') ? '::1' : address.replace(/^[^:]*/, '')
      const first = prefix.padEnd(4, '0')
      expect(inProduction(`https://[${first}${rest}]/`)).toBe('must name a public host')
    }),
  ))

test.each(['https://[::1]', 'https://[::]', 'https://[2001:db8::1]', 'https://[2001::1]', 'https://[100::1]'])(
  'no reserved IPv6 address is called: %s',
  (url) => expect(inProduction(url)).toBe('must name a public host'),
)

test.each([
  'https://localhost',
  'https://LOCALHOST.',
  'https://api.localhost',
  'https://printer.local',
  'https://metadata.google.internal',
  'https://router.home.arpa.',
  'https://intranet',
  'https://ｌｏｃａｌｈｏｓｔ',
])('no name of a private network is called: %s', (url) => expect(inProduction(url)).toBe('must name a public host'))

test.each([
  ['http://example.com', 'must begin with https://'],
  ['ftp://example.com', 'must begin with https://'],
  ['file:///etc/passwd', 'must begin with https://'],
  ['data:,x', 'must begin with https://'],
  ['https://user@example.com', 'must not contain a user name or password'],
  ['https://:secret@example.com', 'must not contain a user name or password'],
  ['https://example.com:22', 'must use port 443 or 8443'],
  ['https://example.com:80', 'must use port 443 or 8443'],
  ['https://', 'is not a URL'],
  ['example.com', 'is not a URL'],
])('%s %s', (url, fault) => expect(inProduction(url)).toBe(fault))

test.each([
  'https://example.com',
  'https://example.com:443/hook?x=1',
  'https://hooks.example.co.uk:8443/',
  'https://1.1.1.1/',
  'https://[2606:4700::1111]/',
  'https://local.example.com',
  'https://notlocalhost.com',
  'https://bücher.example',
])('what is public may be called: %s', (url) => expect(inProduction(url)).toBeUndefined())

test('a developer may call what runs beside us, but nothing other than HTTP', () => {
  expect(onThisMachine('http://127.0.0.1:3000/hook')).toBeUndefined()
  expect(onThisMachine('http://localhost')).toBeUndefined()
  expect(onThisMachine('file:///etc/passwd')).toBe('must begin with https://')
  expect(onThisMachine('http://user:secret@localhost')).toBe('must not contain a user name or password')
})

test('any text gets an answer', () =>
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl()), (text) => {
      expect(['string', 'undefined']).toContain(typeof inProduction(text))
    }),
  ))
