/** Words that a fool or an attacker puts where a word is expected; none is the name of anything. */
export const hostileWords: Readonly<Record<string, string>> = {
  empty: '',
  blank: ' \t ',
  quote: "'",
  sql: "x'; drop table users; --",
  'sql that is true': "' or '1'='1",
  'sql that sleeps': '1); select pg_sleep(10); --',
  template: '{{7*7}}<%= 7*7 %>#{7*7}$(7*7)',
  markup: '<script>alert(1)</script>',
  'log injection': 'x\r\n{"level":"error"}',
  'a lookup': '$%7Bjndi:ldap://127.0.0.1/x%7D',
  traversal: '../../../../etc/passwd',
  NUL: 'a\u0000b',
  control: '\u0007\u001b[2J',
  'other scripts': 'ﷺ Ω≈ç√ 部落格 👩‍👩‍👧 ‮abc',
  prototype: '__proto__',
  constructor: 'constructor',
  format: '%s%n%x%d',
  'not a number': 'NaN',
  long: 'a'.repeat(100_000),
}

/** Half of a surrogate pair: JSON can spell it, UTF-8 cannot. */
export const loneSurrogate = 'a\ud800b'

/** Values of every other kind that JSON has. */
export const hostileValues: Readonly<Record<string, unknown>> = {
  null: null,
  true: true,
  'a fraction': 0.5,
  'below zero': -1,
  'beyond 32 bits': 2 ** 31,
  'beyond exact': 2 ** 53,
  'beyond 64 bits': 2 ** 64,
  'barely finite': 1.7976931348623157e308,
  'barely more than nothing': 5e-324,
  'an empty array': [],
  'an array': [1, 'a', null],
  'an empty object': {},
  'an object': { a: { b: 1 } },
  'an object that pretends': { length: 1, toString: 'x', valueOf: 1, constructor: { prototype: {} } },
}

/** What JSON can say and `JSON.stringify` does not, to be put in place of a value. */
export const hostileLiterals: Readonly<Record<string, string>> = {
  'minus zero': '-0',
  'beyond all numbers': '1e999',
  'a hundred thousand digits': '9'.repeat(100_000),
  'a prototype': '{"__proto__":{"isAdmin":true}}',
  'a prototype, escaped': '{"\\u005f_proto__":{"isAdmin":true}}',
  'the same member twice': '{"a":1,"a":2}',
  'half a pair': '"\\ud800"',
  'NUL, escaped': '"\\u0000"',
  'thirty levels': `${'['.repeat(30)}${']'.repeat(30)}`,
}

/** Bodies that are no JSON text at all, or none that anybody should take: refused whatever the operation. */
export const unreadableBodies: Readonly<Record<string, string | Uint8Array>> = {
  'no JSON': 'name=x&amount=1',
  'half of it': '{"a":',
  'more than it': '{}{}',
  'single quotes': "{'a':1}",
  NaN: '{"amount":NaN}',
  Infinity: '{"amount":-Infinity}',
  hexadecimal: '{"amount":0x10}',
  'a NUL': '\u0000',
  'not UTF-8': Uint8Array.of(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d),
  'surrogates in UTF-8': Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22),
  'UTF-16': Uint8Array.of(0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00),
  'half a pair': '{"a":"\\udfff"}',
  'a prototype': '{"a":[{"__proto__":{"role":"admin"}}]}',
  'a hundred thousand brackets': '['.repeat(100_000),
  'four thousand levels': `${'['.repeat(4_000)}${']'.repeat(4_000)}`,
  'a level too many': `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`,
}
