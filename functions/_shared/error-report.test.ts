import { expect, test } from 'vitest'
import { normalised, reportOf } from './error-report.ts'
import { newId } from './ids.ts'
import { errorFields } from './log.ts'
import { Problem } from './problem.ts'
import { redact } from './redact.ts'

const at = (...frames: string[]) => frames.map((frame) => `\n    at ${frame}`).join('')

function failed(
  message: string,
  frames = at('reserveJob (file:///w/index.js:120:5)', 'node:internal/x:1:1'),
  cause?: unknown,
) {
  const error = new Error(message, { cause })
  error.stack = `Error: ${message}${frames}`
  return error
}
const idOf = (error: unknown, event = 'submitPrediction') => reportOf('predict', event, error).id

test('the same mistake is one kind, whatever ids, numbers and values it names', () => {
  const one = failed(`job ${newId('job')} has 3 rows of "Toyota"`)
  const other = failed(`job ${newId('job')} has 17 rows of "Lada"`, at('reserveJob (file:///w/index.js:121:9)'))
  expect(idOf(one)).toBe(idOf(other))
})

test('another function, event, message or place is another kind', () => {
  const error = failed('no rows')
  const ids = [
    idOf(error),
    idOf(error, 'getPrediction'),
    reportOf('infer', 'submitPrediction', error).id,
    idOf(failed('no columns')),
    idOf(failed('no rows', at('cancelJob (file:///w/index.js:120:5)'))),
    idOf(Object.assign(failed('no rows'), { name: 'TypeError' })),
  ]
  expect(new Set(ids).size).toBe(ids.length)
})

test('calls of libraries do not tell where it was', () => {
  const own = 'async reserveJob (/w/functions/predict/reserve-job.ts:1:2)'
  const one = failed('x', at('query (/w/node_modules/drizzle-orm/x.js:1:1)', own))
  const other = failed('x', at('post (/w/node_modules/neon/x.js:1:1)', own))
  expect(idOf(one)).toBe(idOf(other))
})

test('a problem is known by what caused it', () => {
  const cause = failed('the disk is full')
  expect(reportOf('predict', 'x', new Problem('internal_error', { cause }))).toEqual(reportOf('predict', 'x', cause))
})

test('what is thrown need not be an error', () => {
  for (const thrown of [undefined, null, 'text', 3, { toString: () => 'odd' }])
    expect(reportOf('predict', 'x', thrown).id).toMatch(/^error_[0-9a-f]{32}$/)
})

const secrets = [
  'ada.lovelace@example.co.uk',
  'Bearer abc.def-ghi',
  'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ1c2VyXzEifQ.c2lnbmF0dXJl',
  'auspex_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG',
  'postgres://owner:hunter2@db.example.com/main?sslmode=require',
  'https://user:hunter2@example.com/path',
  '123456789:AAE-abcdefghijklmnopqrstuvwxyz0123456',
  'whsec_c2VjcmV0c2VjcmV0',
  'password="hunter2"',
]

test.for(secrets)('%s is kept out of errors and of the log', (secret) => {
  const error = failed(`it said ${secret} to us`, at(`call (${secret}.js:1:1)`), new Error(`because of ${secret}`))
  const kept = JSON.stringify([reportOf('auth', 'signIn', error), errorFields(error), redact(secret)])
  for (const part of ['hunter2', 'ada.lovelace', 'abc.def', 'eyJ', '0123456789', 'AAE-', 'c2VjcmV0']) {
    if (secret.includes(part)) expect(kept).not.toContain(part)
  }
})

test('values of a statement that failed are kept out, its cause is not', () => {
  const cause = new Error('relation "jobs" does not exist')
  const error = failed('Failed query: select $1\nparams: Ada Lovelace,42', undefined, cause)
  expect(reportOf('predict', 'x', error).message).toBe(
    'Failed query: select $1\ncaused by relation "jobs" does not exist',
  )
  expect(JSON.stringify(errorFields(error))).not.toContain('Lovelace')
})

test('names of metrics are no secrets', () => {
  const text = 'auspex_http_request_duration_seconds is told'
  expect(redact(text)).toBe(text)
})

test('what differs from one occurrence to the next is taken out', () => {
  expect(normalised(`user_${'0'.repeat(32)} in 3.5 s: "x"  'y'\n at 0193e6b8-a3d7-7cc5-a1b2-c3d4e5f60718`)).toBe(
    '# in #.# s: "" "" at #',
  )
})
