import { expect, test } from 'vitest'
import { fitTargetEncoding } from '../encoding/target-encoding.ts'
import { createRandom, permutation } from '../random.ts'
import { conformalQuantile } from './conformal.ts'

test('the conformal quantile corrects for the number of scores and promises nothing from too few', () => {
  const scores = [9, 1, 2, 3, 4, 5, 6, 7, 8]
  expect(conformalQuantile(scores, 0.9)).toBe(9)
  expect(conformalQuantile(scores, 0.5)).toBe(5)
  expect(conformalQuantile(scores, 0.95)).toBe(Number.POSITIVE_INFINITY)
  expect(() => conformalQuantile(scores, 1)).toThrow('between 0 and 1')
})

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

test('keys become the mean target of their rows, drawn to the mean of all', () => {
  const { values, fallback } = fitTargetEncoding(['b', 'a', 'b', 'a'], Float64Array.of(10, 0, 20, 2), 2)
  expect(fallback).toBe(8)
  expect([...values]).toEqual([
    ['a', (2 + 2 * 8) / 4],
    ['b', (30 + 2 * 8) / 4],
  ])
  expect(() => fitTargetEncoding([], new Float64Array(), 2)).toThrow('0 keys')
})
