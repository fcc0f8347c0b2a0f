import { expect, test } from 'vitest'
import { changeBetween, compareRecords, strongest } from './compare.ts'

test('what both have stands in one line, and what one has alone differs', () => {
  expect(compareRecords({ a: 1, b: 'x', c: null }, { b: 'y', a: 1, d: 2 })).toEqual([
    { name: 'a', first: 1, second: 1, isDifferent: false },
    { name: 'b', first: 'x', second: 'y', isDifferent: true },
    { name: 'c', first: null, second: undefined, isDifferent: true },
    { name: 'd', first: undefined, second: 2, isDifferent: true },
  ])
})

test('the strongest lines are those where either job has much', () => {
  const lines = compareRecords({ a: 1, b: 0, c: -5, d: 0 }, { a: 2, b: 9, c: 0, d: 0 })
  expect(strongest(lines, 2).map(({ name }) => name)).toEqual(['b', 'c'])
  expect(strongest(lines, 9).map(({ name }) => name)).toEqual(['b', 'c', 'a'])
})

test('a change is a part of what there was, also below zero', () => {
  expect(changeBetween(-10, -5)).toEqual({ absolute: 5, relative: 0.5 })
  expect(changeBetween(0, 3)).toEqual({ absolute: 3, relative: undefined })
})
