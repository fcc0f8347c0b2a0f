import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitTargetEncoding } from '../encoding/target-encoding.ts'
import { createRandom, permutation } from '../random.ts'
import { conformalQuantile } from './conformal.ts'
import { kFolds } from './splits.ts'

test('the conformal quantile corrects for the number of scores and promises nothing from too few', () => {
  const scores = [9, 1, 2, 3, 4, 5, 6, 7, 8]
  expect(conformalQuantile(scores, 0.9)).toBe(9)
  expect(conformalQuantile(scores, 0.5)).toBe(5)
  expect(conformalQuantile(scores, 0.95)).toBe(Number.POSITIVE_INFINITY)
  expect(() => conformalQuantile(scores, 1)).toThrow('between 0 and 1')
})

test('each repeat tests every row once, and no row is in both parts', () => {
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 60 }), fc.integer({ min: 2, max: 5 }), fc.nat(1000), (rows, folds, seed) => {
      const splits = kFolds(rows, { folds, repeats: 2, seed })
      expect(splits).toHaveLength(2 * folds)
      for (const repeat of [0, 1]) {
        const tested = splits
          .filter((split) => split.repeat === repeat)
          .flatMap(({ test: rowsOf }) => Array.from(rowsOf))
        expect(tested.sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, row) => row))
      }
      for (const { train, test: rowsOf } of splits) {
        expect(new Set([...train, ...rowsOf]).size).toBe(rows)
        expect(Math.abs(rowsOf.length - rows / folds)).toBeLessThan(1)
      }
    }),
  )
  expect(() => kFolds(3, { folds: 5, seed: 1 })).toThrow('cannot be split')
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
