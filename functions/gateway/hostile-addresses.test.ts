import { describe, expect, test } from 'vitest'
import { callGateway } from '#shared/testing/gateway.ts'
import { addressOf, type Operation, readOperations } from '#shared/testing/operations.ts'
import { expectRefusal, givenTarget } from '#shared/testing/target.ts'
import { hasServices } from '#shared/testing/world.ts'

const { operations } = hasServices ? await readOperations() : { operations: [] }

const taken: { path: string; methods: string[] }[] = [
  { path: '/', methods: ['GET'] },
  { path: '/openapi.json', methods: ['GET'] },
  { path: '/console', methods: ['GET'] },
  { path: '/console/jobs', methods: ['GET'] },
  { path: '/docs', methods: ['GET'] },
  { path: '/docs/docs.js', methods: ['GET'] },
  { path: '/problems/not_found', methods: ['GET'] },
  ...[...new Set(operations.map(({ path }) => path.replaceAll(/\{\w+\}/g, 'x')))].map((path) => ({
    path,
    methods: operations.filter((operation) => fits(operation, path)).map(({ method }) => method),
  })),
]
function fits({ path: template }: Operation, path: string): boolean {
  return new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path)
}

const everyMethod = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'PURGE', 'PROPFIND', 'QUERY', 'X'.repeat(1000)]

const nowhere = [
  '/nothing',
  '/predictx',
  '/Predict',
  '/predict/x/y/z',
  '/predict//',
  '//',
  '//predictors',
  '/predictors/',
  '/users/../etc/passwd',
  '/users/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '/.env',
  '/.git/config',
  '/.well-known/',
  '/.well-known/jwks.json/x',
  '/admin.php',
  '/constructor',
  '/__proto__',
  '/toString',
  '/problems/__proto__',
  '/problems/constructor',
  '/problems/',
  '/problems/%00',
  '/docs/..%2f..%2fpackage.json',
  '/docs/%2e%2e%2fdocs.js',
  '/docs/..%5c..%5cpackage.json',
  '/console/assets/nothing.js',
  '/consolex',
  '/docs/nothing.js',
  '/docs/%00',
  '/docs/',
  '/openapi.json/',
  '/health/openapi.json',
  '/%00',
  '/%',
  '/%zz',
  '/%c0%ae%c0%ae/',
  "/';--",
  '/{{7*7}}',
  '/*',
  `/${'a'.repeat(20_000)}`,
  `/predict/${'a/'.repeat(5_000)}`,
]

describe.skipIf(!hasServices)('an address takes only its own methods, and says which:', () => {
  test.for(taken)('$path', async ({ path, methods }) => {
    for (const method of everyMethod.filter((each) => !methods.includes(each))) {
      const answer = await callGateway(method, path)
      expectRefusal(answer, { status: 405 })
      const allowed = (answer.headers.get('allow') ?? '').split(', ')
      expect(allowed).toEqual(expect.arrayContaining(methods))
      expect(allowed).not.toContain(method)
    }
  })

  test.for(taken)('$path says to browsers what other sites may send', async ({ path }) => {
    const headers = { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' }
    const answer = await callGateway('OPTIONS', path, { headers })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
  })
})

describe.skipIf(!hasServices)('an address that is none is not found:', () => {
  test.for(nowhere.map((path) => ({ path, title: path.slice(0, 60) })))('$title', async ({ path }) => {
    expectRefusal(await callGateway('GET', path), { status: 404 })
    for (const method of ['POST', 'DELETE']) expectRefusal(await callGateway(method, path))
    const head = await callGateway('HEAD', path)
    expect(head).toMatchObject({ status: 404, text: '' })
  })
})

describe.skipIf(!hasServices)('HEAD is answered as GET, without the body:', () => {
  const isStream = ({ responses }: Operation) => responses['200']?.content?.['text/event-stream'] !== undefined
  const gets = operations.filter((operation) => operation.method === 'GET' && !isStream(operation))
  test.for(gets)('$path', async (operation) => {
    const target = await givenTarget(operation)
    const head = await target.send({ method: 'HEAD' })
    const get = await target.send({})
    expect(head).toMatchObject({ status: get.status, text: '' })
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
    expect(head.headers.get('etag')).toBe(get.headers.get('etag'))
  })

  test.for(gets)('$path, when it is refused', async (operation) => {
    const path = addressOf(operation, { path: { job_id: 'x', endpoint_id: 'x' }, query: { limit: 'x' } })
    const get = await callGateway('GET', path)
    const head = await callGateway('HEAD', path)
    expect(head).toMatchObject({ status: get.status, text: '' })
  })
})
