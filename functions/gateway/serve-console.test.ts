import { describe, expect, test } from 'vitest'
import { callGateway, createTestGateway } from '#shared/testing/gateway.ts'
import { expectRefusal } from '#shared/testing/target.ts'
import { hasServices } from '#shared/testing/world.ts'

const accept = {
  browser: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
  curl: '*/*',
}
const page = '<script nonce="__NONCE__" src="/console/assets/main-1a2b.js"></script><meta nonce="__NONCE__">'
const consoleFiles = {
  '/console/index.html': page,
  '/console/icon.svg': '<svg/>',
  '/console/assets/main-1a2b.js': 'start()',
}
const built = hasServices ? createTestGateway({ consoleFiles }) : undefined
const get = (path: string, headers: Record<string, string> = {}) => {
  if (!built) throw new Error('this project has no services')
  return built.call('GET', path, { headers })
}
const nonceOf = (policy: string | null) => /'nonce-([^']+)'/.exec(policy ?? '')?.[1] ?? ''

describe.skipIf(!hasServices)('GET /', () => {
  test.for([
    [accept.browser, 'text/html'],
    ['text/html', 'text/html'],
    [accept.curl, 'application/json'],
    [undefined, 'application/json'],
    ['application/json, text/plain, */*', 'application/json'],
    ['text/html;q=0.5, application/json', 'application/json'],
    ['application/json;q=0.5, text/html', 'text/html'],
    ['', 'application/json'],
  ])('to who accepts %s answers %s, and says that it depends', async ([accepted, type]) => {
    const answer = await get('/', accepted === undefined ? {} : { accept: accepted })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain(type)
    expect(answer.headers.get('vary')?.toLowerCase()).toBe('accept')
  })
})

describe.skipIf(!hasServices)('the page', () => {
  test.for(['/console', '/console/', '/console/index.html', '/console/jobs/job_1?tab=a', '/console/%2e%2e%2fx'])(
    'is at %s, whole, with every nonce that of its policy',
    async (path) => {
      const { status, headers, text } = await get(path)
      const nonce = nonceOf(headers.get('content-security-policy'))
      expect({ status, text }).toEqual({ status: 200, text: page.replaceAll('__NONCE__', nonce) })
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(headers.get('cache-control')).toBe('no-store')
    },
  )

  test('bears another nonce each time, which nobody guesses', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => get('/console')))
    const nonces = answers.map(({ headers }) => nonceOf(headers.get('content-security-policy')))
    expect(new Set(nonces).size).toBe(20)
    for (const nonce of nonces) expect(atob(nonce)).toHaveLength(18)
  })

  test('may load nothing from elsewhere, run nothing inline, and be shown in no frame', async () => {
    const { headers } = await get('/', { accept: accept.browser })
    const policy = headers.get('content-security-policy') ?? ''
    const nonce = nonceOf(policy)
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src 'self' 'nonce-${nonce}'`,
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ])
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'x-frame-options': 'DENY',
    })
  })

  test('is answered to HEAD without a body', async () => {
    const answer = await built?.call('HEAD', '/console/jobs')
    expect(answer).toMatchObject({ status: 200, text: '' })
    expect(answer?.headers.get('content-type')).toBe('text/html; charset=utf-8')
  })
})

describe.skipIf(!hasServices)('a file', () => {
  test('with its content in its name is kept for ever, another one is not', async () => {
    const script = await get('/console/assets/main-1a2b.js')
    expect(script).toMatchObject({ status: 200, text: 'start()' })
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const icon = await get('/console/icon.svg')
    expect(icon).toMatchObject({ status: 200, text: '<svg/>' })
    expect(icon.headers.get('cache-control')).toBeNull()
  })

  test('of another build is not found, and no cache remembers that', async () => {
    const answer = await get('/console/assets/main-of-yesterday.js')
    expectRefusal(answer, { status: 404 })
    expect(answer.headers.get('cache-control')).toBeNull()
  })
})

describe.skipIf(!hasServices)('a gateway whose console was not built', () => {
  test.for([
    ['/', accept.browser],
    ['/console', accept.browser],
    ['/console/jobs', accept.curl],
  ])('says so at %s', async ([path = '', accepted = '']) => {
    const answer = await callGateway('GET', path, { headers: { accept: accepted } })
    expect(answer).toMatchObject({ status: 500, body: { code: 'misconfigured' } })
    expect(answer.text).toContain('The console was not built')
  })

  test('still answers those who ask for JSON', async () => {
    const answer = await callGateway('GET', '/', { headers: { accept: accept.curl } })
    expect(answer).toMatchObject({ status: 200, body: { name: 'auspex', links: { console: '/console' } } })
  })
})
