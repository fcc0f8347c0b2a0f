import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ownPath, signInPath, withTarget } from './own-path.ts'

test.each([
  ['/console/jobs?status=queued', '/console/jobs?status=queued'],
  ['/console', '/console'],
  ['/console/../console/wallet', '/console/wallet'],
])('a page of the console, %s, is gone back to', (wanted, path) => {
  expect(ownPath(wanted)).toBe(path)
})

test.each([
  null,
  '',
  'console/jobs',
  'https://evil.example/console/jobs',
  '//evil.example/console',
  '/\\evil.example/console',
  '\\\\evil.example/console',
  'javascript:alert(1)',
  '/docs',
  '/console/../docs',
  '/console.evil',
  '/console/sign-in',
  '/console/sign-up?to=/console/jobs',
  'http://[',
])('%s is no page to go to', (wanted) => {
  expect(ownPath(wanted)).toBe('/')
})

const pieces = ['/', '\\', ':', '@', '.', '%2f', '?', '#', '\t', 'a', 'console', 'https:', 'evil.example']
const addresses = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((all) => all.join(''))

test('nothing leads off this origin', () =>
  fc.assert(
    fc.property(fc.oneof(addresses, fc.string()), (wanted) => {
      const path = ownPath(wanted)
      expect(new URL(path, 'https://here.example').origin).toBe('https://here.example')
      expect(path).toMatch(/^\/(console([/?].*)?)?$/)
    }),
  ))

test('the sign-in page remembers where from, and says nothing about the first page', () => {
  expect(signInPath('/')).toBe('/console/sign-in')
  const path = signInPath('/console/jobs?status=queued,running')
  expect(ownPath(new URLSearchParams(path.split('?')[1]).get('to'))).toBe('/console/jobs?status=queued,running')
  expect(withTarget('/console/sign-up', 'https://evil.example')).toBe('/console/sign-up')
})
