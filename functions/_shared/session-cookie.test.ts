import { expect, test } from 'vitest'
import { sessionCookie, sessionToken } from './session-cookie.ts'

test('under TLS no other host of the domain can set the cookie, and it is never sent in the clear', () => {
  expect(sessionCookie('https://auspex.example/session', 'a.b.c', 1800)).toBe(
    '__Host-auspex_session=a.b.c; Max-Age=1800; Path=/; HttpOnly; Secure; SameSite=Strict',
  )
})

test('without TLS, as on a developer’s machine, it is the same less what only TLS can promise', () => {
  expect(sessionCookie('http://localhost:8787/session', 'a.b.c', 0)).toBe(
    'auspex_session=a.b.c; Max-Age=0; Path=/; HttpOnly; SameSite=Strict',
  )
})

test('what was set is read back, at the same kind of address only', () => {
  for (const [url, other] of [
    ['https://auspex.example/', 'http://auspex.example/'],
    ['http://auspex.example/', 'https://auspex.example/'],
  ] as const) {
    const [cookie = ''] = sessionCookie(url, 'a-b_c.d', 1800).split(';')
    expect(sessionToken({ url, headers: new Headers({ cookie }) })).toBe('a-b_c.d')
    expect(sessionToken({ url: other, headers: new Headers({ cookie }) })).toBeUndefined()
  }
})
