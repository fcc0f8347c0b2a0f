import { expect, test } from 'vitest'
import { ApiError } from '../../api/call.ts'
import { describeRefusal, whenAgain } from './describe-refusal.ts'

// Says keys and values, as the library says texts.
const t = ((key: string, values: object) => JSON.stringify([key, values])) as unknown as Parameters<
  typeof describeRefusal
>[0]

test('who came too often is told how long to wait, in their language', () => {
  const error = new ApiError(429, { code: 'rate_limited' }, '61')
  expect(describeRefusal(t, error, 'en')).toBe('["entrance.rate_limited",{"when":"in 61 seconds"}]')
  expect(describeRefusal(t, error, 'ru')).toContain('через 61 секунду')
})

test.each(['wrong_credentials', 'already_registered'])('%s is said in words for an entrance', (code) => {
  expect(describeRefusal(t, new ApiError(400, { code }), 'en')).toContain(`entrance.${code}`)
})

test('minutes are rounded up: nobody is asked to come too early', () => {
  expect(whenAgain(99, 'en')).toBe('in 99 seconds')
  expect(whenAgain(121, 'en')).toBe('in 3 minutes')
})
