import fc from 'fast-check'
import { expect, test } from 'vitest'
import { binsOf, countLabels, orderRows, spreadOf, varyingFeatures } from './spread.ts'

test('every number is in one bin, and the bins lie end to end from the lowest to the highest', () => {
  const numbers = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 2, maxLength: 200 })
  fc.assert(
    fc.property(
      numbers.filter((values) => new Set(values).size > 1),
      (values) => {
        const bins = binsOf(values)
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length)
        expect(bins[0]?.from).toBe(Math.min(...values))
        expect(bins.at(-1)?.to).toBe(Math.max(...values))
        for (const [i, { from }] of bins.entries()) if (i > 0) expect(from).toBe(bins[i - 1]?.to)
      },
    ),
  )
})

test('numbers that are all the same fill one bin, and none fill none', () => {
  expect(binsOf([3, 3])).toEqual([{ from: 2.5, to: 3.5, count: 2 }])
  expect(binsOf([])).toEqual([])
})

test('the most frequent class comes first', () => {
  const results = ['no', 'yes', 'yes'].map((label) => ({ value: 1, label }))
  expect(countLabels(results)).toEqual([
    { label: 'yes', count: 2 },
    { label: 'no', count: 1 },
  ])
})

test('the spread has lowest, median, mean, and highest', () => {
  expect(spreadOf([4, 1, 10, 3])).toEqual({ lowest: 1, median: 3.5, mean: 4.5, highest: 10 })
  expect(spreadOf([])).toBeUndefined()
})

test('rows are ordered by their result, and equal ones as they were asked', () => {
  const results = [2, 5, 2, 1].map((value) => ({ value }))
  expect(orderRows(results, 'asked')).toEqual([0, 1, 2, 3])
  expect(orderRows(results, 'highest')).toEqual([1, 0, 2, 3])
  expect(orderRows(results, 'lowest')).toEqual([3, 0, 2, 1])
})

test('rows are told apart by what varies', () => {
  expect(varyingFeatures({ same: [1, 1], size: [1, 2], name: ['a', null], one: 3 }, 1)).toEqual(['size'])
  expect(varyingFeatures({ same: [1, 1], size: [1, 2], name: ['a', null], one: 3 }, 9)).toEqual(['size', 'name'])
})
