import { expect, test } from 'vitest'
import { createRandom, permutation } from './random.ts'

test('a seed repeats its numbers, near seeds differ, and a permutation keeps all', () => {
  const draw = (seed: number) => Array.from({ length: 5 }, createRandom(seed).next)
  expect(draw(1)).toEqual(draw(1))
  expect(draw(1)).not.toEqual(draw(2))
  expect(draw(1)).not.toEqual(draw(1 + 2 ** 32))
  expect(Array.from(permutation(50, createRandom(3))).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 50 }, (_, i) => i),
  )
  expect(() => createRandom(1.5)).toThrow('whole number')
  const random = createRandom(9)
  const mean = Array.from({ length: 10_000 }, random.next).reduce((sum, value) => sum + value, 0) / 10_000
  expect(mean).toBeCloseTo(0.5, 1)
})
