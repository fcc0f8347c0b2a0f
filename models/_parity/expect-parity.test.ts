import { expect, test } from 'vitest'
import { expectParity } from './expect-parity.ts'

const { NaN: unknown, POSITIVE_INFINITY: endless } = Number

test('numbers may differ by a hundred-thousandth of themselves, or of the median where they are smaller', () => {
  const expected = { y: [100, -200, 1e-9] }
  expectParity({ y: [100.0009, -199.999, 5e-4] }, expected)
  expect(() => expectParity({ y: [100.0011, -200, 1e-9] }, expected)).toThrow(
    'number 0 of output y is 100.0011, not 100',
  )
  expect(() => expectParity({ y: [100, -200, 2e-3] }, expected)).toThrow('number 2 of output y')
})

test('what is not known and what has no end must be just that', () => {
  expectParity({ y: [unknown, endless, -endless] }, { y: [unknown, endless, -endless] })
  expect(() => expectParity({ y: [unknown, 1] }, { y: [0, 1] })).toThrow('number 0 of output y is NaN, not 0')
  expect(() => expectParity({ y: [0, 1] }, { y: [unknown, 1] })).toThrow('not NaN')
  expect(() => expectParity({ y: [1, endless] }, { y: [1, -endless] })).toThrow('is Infinity, not -Infinity')
  expect(() => expectParity({ y: [1, 1e30] }, { y: [1, endless] })).toThrow('not Infinity')
})

test('every expected output is there with all its numbers; others do not matter', () => {
  expectParity({ y: [1], more: [2] }, { y: [1] })
  expect(() => expectParity({ x: [1] }, { y: [1] })).toThrow('output y is missing: there are x')
  expect(() => expectParity({ y: [1, 2] }, { y: [1] })).toThrow()
})
