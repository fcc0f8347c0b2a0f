import { describe, expect, test } from 'vitest'
import { type Operation, readOperations } from '#shared/testing/operations.ts'
import { sharedOut, turnOf } from '#shared/testing/shared-out.ts'
import { expectRefusal, givenTarget } from '#shared/testing/target.ts'
import { hasServices } from '#shared/testing/world.ts'

const { operations } = hasServices ? await readOperations() : { operations: [] }
const taking = (header: string) =>
  operations.filter(({ parameters }) => parameters.some(({ name, in: place }) => place === 'header' && name === header))

const long = 'a'.repeat(10_000)
/** What a header can hold and no header should; fetch itself refuses NUL and line ends. */
const oddities = [
  '',
  '\u0001',
  '\u001b[31m',
  'ÿþ',
  "'; drop table jobs; --",
  '{{7*7}}',
  '%00',
  '%0d%0aSet-Cookie: a=b',
  long,
]

const junk: Readonly<Record<string, readonly string[]>> = {
  'idempotency-key': [...oddities.filter((value) => !/^[!-~]{1,255}$/.test(value)), 'a b', 'k'.repeat(256)],
  'cancel-after': [...oddities, '0s', '-5m', '5', '5d', '1.5h', '999999s', '1e9s', '5m5m', ' ', '5M'],
}
/** What may be ignored, and must not be believed. */
const hints: Readonly<Record<string, readonly string[]>> = {
  prefer: [
    '',
    'wait=-1',
    'wait=1e9',
    'wait=0x10',
    'wait=',
    'wait=wait=1',
    'respond-async; wait="5"',
    ';;;,,,',
    'ÿþ',
    long,
  ],
  'last-event-id': [...oddities, '-1', '1e9', '9'.repeat(30), 'NaN'],
  'upstash-retried': [...oddities, '-1', '1e9', '1.5', '9'.repeat(30), 'NaN'],
}
const common: Readonly<Record<string, readonly string[]>> = {
  'if-none-match': [...oddities, '*', 'W/', '"', '""', '"a","b', `"${'f'.repeat(32)}"`],
  'if-modified-since': ['yesterday', long],
  accept: ['', 'text/html', '*/*;q=-1', ';;;', long],
  'accept-language': ['xx', long],
  range: ['bytes=0-', 'bytes=-99999999999999999999', 'lines=1-2'],
  expect: ['100-continue'],
  origin: ['null', 'http://evil.example', 'ÿþ'],
  'x-forwarded-for': ['127.0.0.1', "'; --", long],
  'x-http-method-override': ['DELETE'],
  'x-original-url': ['/users'],
  cookie: ['__proto__=1', `a=${long}`],
  traceparent: ['00-00-00-00', long],
}

/** All functions handle these by the same code. */
function commonFor({ operationId }: Operation) {
  return Object.fromEntries(
    Object.entries(common).map(([header, values]) => [header, sharedOut(values, turnOf(operationId))]),
  )
}

/** Each good request of these hashes a password, which is slow on purpose: once is enough, so that the rest have no body. */
const bodyOf = ({ caller, body }: Operation) => (caller === 'anyone' && body ? { body: {} } : {})

async function sendAll(operation: Operation, headers: Readonly<Record<string, readonly string[]>>) {
  const target = await givenTarget(operation)
  for (const [name, values] of Object.entries(headers))
    for (const value of values) await target.send({ headers: { [name]: value }, ...bodyOf(operation) })
  await target.expectUnchanged()
}

describe.skipIf(!hasServices)('a header that does not say what it should is refused, and changes nothing:', () => {
  const pairs = Object.entries(junk).flatMap(([header, values]) =>
    taking(header).map((operation) => ({ header, values, operation, operationId: operation.operationId })),
  )
  test.for(pairs)('$header of $operationId', async ({ header, values, operation }) => {
    const target = await givenTarget(operation)
    for (const value of values) {
      const answer = await target.send({ headers: { [header]: value } })
      expectRefusal(answer, { status: 422 })
      expect(answer.body).toMatchObject({ errors: [{ pointer: `/header/${header}` }] })
    }
    await target.expectUnchanged()
  })
})

describe.skipIf(!hasServices)('a key of all that may be in one is a key:', () => {
  const printable = String.fromCharCode(...Array.from({ length: 94 }, (_, i) => 0x21 + i))
  test.for(taking('idempotency-key'))('$operationId', async (operation) => {
    const target = await givenTarget(operation)
    for (const key of [printable, 'k'.repeat(255)]) {
      const first = await target.send({ headers: { 'idempotency-key': key } })
      const second = await target.send({ headers: { 'idempotency-key': key } })
      expect([200, 201, 202]).toContain(first.status)
      expect(second.status).toBe(first.status)
      expect(second.headers.get('idempotent-replayed')).toBe('true')
    }
  })
})

describe.skipIf(!hasServices)('a header that may be ignored breaks nothing:', () => {
  test.for(operations)('$operationId', (operation) => {
    const known = Object.entries(hints).filter(([header]) => taking(header).includes(operation))
    return sendAll(operation, { ...Object.fromEntries(known), ...commonFor(operation) })
  })
})

describe.skipIf(!hasServices)('a request id that could be anything else is replaced:', () => {
  const oddIds = [...oddities, '<script>', 'a b', 'short', '../../../../x']
  test.for(operations)('$operationId', async (operation) => {
    const target = await givenTarget(operation)
    for (const odd of sharedOut(oddIds, turnOf(operation.operationId))) {
      const answer = await target.send({ headers: { 'x-request-id': odd }, ...bodyOf(operation) })
      expect(answer.headers.get('x-request-id')).toMatch(/^request_[0-9a-f]{32}$/)
    }
    const good = 'order-17.retry_2'
    expect((await target.send({ headers: { 'x-request-id': good } })).headers.get('x-request-id')).toBe(good)
  })
})
