import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileRetryDelay, defaultRetryDelayMs } from './retry-delay.ts'

test.for([
  ['1000', 0, 1_000],
  ['1000 * (1 + retried)', 3, 4_000],
  ['pow(2, retried) * 1000', 5, 32_000],
  ['max(1000, pow(2, retried) * 100)', 1, 1_000],
  ['min(1, 2, 3)', 0, 1],
  ['sqrt(16) + abs(-3) + exp(0) + floor(1.9) + ceil(1.1) + round(1.5)', 0, 13],
  ['10 - 4 - 3', 0, 3],
  ['100 / 10 / 2', 0, 5],
  ['2 + 3 * 4', 0, 14],
  ['-5 + 10', 0, 5],
  ['1e3', 0, 1_000],
  ['.5 * 4', 0, 2],
  ['-100', 0, 0],
  ['1 / 0', 0, 86_400_000],
  ['0 / 0', 0, 0],
  ['pow(10, 100)', 0, 86_400_000],
] as const)('"%s" after %i retries is %i ms', ([expression, retried, expectedMs]) => {
  expect(compileRetryDelay(expression)(retried)).toBe(expectedMs)
})

test.for([
  '',
  ' ',
  '1 +',
  '(1',
  '1)',
  'pow(2)',
  'pow(1, 2, 3)',
  'sqrt()',
  'retried()',
  'retries',
  'constructor',
  'process.exit()',
  'toString(1)',
  '1 2',
  '1;2',
  '"a"',
  '2 ** 3',
  `${'('.repeat(100)}1${')'.repeat(100)}`,
  '1+'.repeat(1_000),
])('"%s" is refused', (expression) => {
  expect(() => compileRetryDelay(expression)).toThrow(SyntaxError)
})

test('any text either is refused or gives a delay between nothing and a day', () =>
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('1', '2.5', 'retried', '+', '-', '*', '/', '(', ')', ',', 'pow', 'min', 'sqrt', 'x'), {
        maxLength: 12,
      }),
      fc.nat({ max: 100 }),
      (tokens, retried) => {
        let delayMs = 0
        try {
          delayMs = compileRetryDelay(tokens.join(' '))(retried)
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError)
        }
        expect(delayMs).toBeGreaterThanOrEqual(0)
        expect(delayMs).toBeLessThanOrEqual(86_400_000)
      },
    ),
  ))

test('the default back-off is e^(2.5 n) seconds, at most a day', () => {
  expect([1, 2, 3, 4, 5, 50].map((retry) => Math.floor(defaultRetryDelayMs(retry) / 1_000))).toEqual([
    12, 148, 1_808, 22_026, 86_400, 86_400,
  ])
})
