import { expect, test } from 'vitest'
import { clockOf } from './clock-of.ts'

test.each([
  [600_000, '10:00'],
  [65_400, '1:06'],
  [999, '0:01'],
  [-5, '0:00'],
])('%i ms are %s on the clock', (ms, text) => {
  expect(clockOf(ms)).toBe(text)
})
