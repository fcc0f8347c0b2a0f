import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../random.ts'
import { groupedKFolds } from './grouped-folds.ts'
import { holdOut, holdOutGroups, holdOutStratified } from './hold-out.ts'
import { type Fold, kFolds, type Split } from './splits.ts'
import { stratifiedKFolds } from './stratified-folds.ts'
import { timeFolds } from './time-folds.ts'

const tables = fc
  .tuple(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 12, max: 60 }), fc.integer({ min: 2, max: 5 }))
  .map(([seed, rows, folds]) => {
    const random = createRandom(seed)
    const draw = (next: (row: number) => number) => Int32Array.from({ length: rows }, (_, row) => next(row))
    const groups = draw((row) => (row < 5 ? 1000 * row : 1000 * random.integer(9)))
    return { seed, rows, folds, classes: draw(() => random.integer(3)), groups, share: 0.1 + 0.8 * random.next() }
  })

const countOf = (values: Int32Array, rows: Int32Array, value: number) =>
  rows.filter((row) => values[row] === value).length
const spread = (counts: readonly number[]) => Math.max(...counts) - Math.min(...counts)

function expectAllTestedOnce(splits: readonly Fold[], rows: number, repeats: number) {
  for (let repeat = 0; repeat < repeats; repeat++) {
    const tested = splits.filter((split) => split.repeat === repeat).flatMap(({ test: rowsOf }) => Array.from(rowsOf))
    expect(tested.sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, row) => row))
  }
  for (const split of splits) expectApart(split, rows)
}

function expectApart({ train, test: rowsOf }: Split, rows: number) {
  expect(train.length + rowsOf.length).toBe(rows)
  expect(new Set([...train, ...rowsOf]).size).toBe(rows)
  expect(train).toEqual(train.slice().sort())
  expect(rowsOf).toEqual(rowsOf.slice().sort())
}

function expectNoLeak({ train, test: rowsOf }: Split, groups: Int32Array) {
  const learnt = new Set(Array.from(train, (row) => groups[row]))
  for (const row of rowsOf) expect(learnt.has(groups[row])).toBe(false)
}

test('each repeat tests every row once, in sets of like size, and a seed repeats them', () => {
  fc.assert(
    fc.property(tables, ({ rows, folds, seed }) => {
      const splits = kFolds(rows, { folds, repeats: 2, seed })
      expectAllTestedOnce(splits, rows, 2)
      expect(splits).toHaveLength(2 * folds)
      expect(spread(splits.map(({ test: rowsOf }) => rowsOf.length))).toBeLessThanOrEqual(1)
      expect(kFolds(rows, { folds, repeats: 2, seed })).toEqual(splits)
    }),
  )
})

test('repeats and seeds differ', () => {
  const tests = [1, 2]
    .flatMap((seed) => kFolds(50, { folds: 2, repeats: 2, seed }))
    .map(({ test: rowsOf }) => rowsOf.join())
  expect(new Set(tests).size).toBe(tests.length)
})

test('stratified test sets are of like size, in all and in each class', () => {
  fc.assert(
    fc.property(tables, ({ rows, folds, seed, classes }) => {
      const splits = stratifiedKFolds(classes, { folds, repeats: 2, seed })
      expectAllTestedOnce(splits, rows, 2)
      const tests = splits.map((split) => split.test)
      expect(spread(tests.map((rowsOf) => rowsOf.length))).toBeLessThanOrEqual(1)
      for (const code of [0, 1, 2])
        expect(spread(tests.map((rowsOf) => countOf(classes, rowsOf, code)))).toBeLessThanOrEqual(1)
    }),
  )
})

test('no group is in two folds, and sizes differ by the largest group at most', () => {
  fc.assert(
    fc.property(tables, ({ rows, folds, seed, groups, classes }) => {
      const all = Int32Array.from({ length: rows }, (_, row) => row)
      const largest = Math.max(...Array.from(new Set(groups), (group) => countOf(groups, all, group)))
      const splits = groupedKFolds(groups, { folds, repeats: 2, seed })
      expectAllTestedOnce(splits, rows, 2)
      for (const split of splits) expectNoLeak(split, groups)
      for (const repeat of [0, 1]) {
        const sizes = splits.filter((split) => split.repeat === repeat).map((split) => split.test.length)
        expect(spread(sizes)).toBeLessThanOrEqual(largest)
      }
      const stratified = groupedKFolds(groups, { folds, seed, classes })
      expectAllTestedOnce(stratified, rows, 1)
      for (const split of stratified) expectNoLeak(split, groups)
    }),
  )
})

test('groups of one class each are dealt class by class', () => {
  const groups = Int32Array.from({ length: 40 }, (_, row) => Math.floor(row / 2))
  const classes = groups.map((group) => (group >= 16 ? 2 : 0))
  for (const { test: rowsOf } of groupedKFolds(groups, { folds: 4, seed: 3, classes }))
    expect([countOf(classes, rowsOf, 0), countOf(classes, rowsOf, 2)]).toEqual([8, 2])
})

test('a hold-out has its share of rows, of each class, or of whole groups', () => {
  fc.assert(
    fc.property(tables, ({ rows, seed, classes, groups, share }) => {
      const plain = holdOut(rows, { share, seed })
      expectApart(plain, rows)
      expect(plain.test.length).toBe(Math.min(rows - 1, Math.max(1, Math.round(share * rows))))
      const stratified = holdOutStratified(classes, { share, seed })
      expectApart(stratified, rows)
      const all = Int32Array.from({ length: rows }, (_, row) => row)
      for (const code of [0, 1, 2]) {
        const wanted = (countOf(classes, all, code) * plain.test.length) / rows
        expect(Math.abs(countOf(classes, stratified.test, code) - wanted)).toBeLessThan(1)
      }
      const grouped = holdOutGroups(groups, { share, seed })
      expectApart(grouped, rows)
      expectNoLeak(grouped, groups)
      expect(Math.min(grouped.test.length, grouped.train.length)).toBeGreaterThan(0)
      expect(holdOut(rows, { share, seed })).toEqual(plain)
    }),
  )
})

test("by hand: expanding and sliding windows with a gap are scikit-learn's TimeSeriesSplit", () => {
  const times = Float64Array.of(9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
  const inTime = (options: Parameters<typeof timeFolds>[1]) =>
    timeFolds(times, options).map(({ train, test: rowsOf }) =>
      [train, rowsOf].map((part) => Array.from(part, (row) => times[row] ?? 0).sort()),
    )
  expect(inTime({ folds: 3 })).toEqual([
    [
      [0, 1, 2, 3],
      [4, 5],
    ],
    [
      [0, 1, 2, 3, 4, 5],
      [6, 7],
    ],
    [
      [0, 1, 2, 3, 4, 5, 6, 7],
      [8, 9],
    ],
  ])
  expect(inTime({ folds: 3, gap: 1, window: 2 })).toEqual([
    [
      [1, 2],
      [4, 5],
    ],
    [
      [3, 4],
      [6, 7],
    ],
    [
      [5, 6],
      [8, 9],
    ],
  ])
})

test('what is learnt from lies before what is tested, by more than the gap, and equal times stay together', () => {
  fc.assert(
    fc.property(tables, ({ folds, seed, rows }) => {
      const random = createRandom(seed)
      const times = Float64Array.from({ length: 4 * rows }, (_, row) => row + random.integer(3))
      for (const window of [undefined, 4]) {
        let before = Number.NEGATIVE_INFINITY
        for (const { train, test: rowsOf } of timeFolds(times, { folds, gap: 0.5, window })) {
          const learnt = Array.from(train, (row) => times[row] ?? 0)
          const tested = Array.from(rowsOf, (row) => times[row] ?? 0)
          const start = Math.min(...tested)
          expect(Math.max(...learnt)).toBeLessThan(start - 0.5)
          if (window !== undefined) expect(Math.min(...learnt)).toBeGreaterThanOrEqual(start - 0.5 - window)
          expect(start).toBeGreaterThan(before)
          before = Math.max(...tested)
        }
        expect(before).toBe(Math.max(...times))
      }
    }),
  )
})

test('what cannot be split is refused', () => {
  expect(() => kFolds(3, { folds: 5, seed: 1 })).toThrow('3 rows cannot be split into 5 folds')
  expect(() => kFolds(0, { folds: 2, seed: 1 })).toThrow('0 rows')
  expect(() => stratifiedKFolds([0, -1], { folds: 2, seed: 1 })).toThrow('the class of row 1 is -1')
  expect(() => groupedKFolds([7, 7, 8], { folds: 3, seed: 1 })).toThrow('2 groups cannot be split into 3 folds')
  expect(() => groupedKFolds([7, Number.NaN], { folds: 2, seed: 1 })).toThrow('the group of row 1 is NaN')
  expect(() => groupedKFolds([7, 8], { folds: 2, seed: 1, classes: [0] })).toThrow('2 rows have 1 classes')
  expect(() => holdOut(5, { share: 1, seed: 1 })).toThrow('between 0 and 1')
  expect(() => holdOut(1, { share: 0.5, seed: 1 })).toThrow('1 rows')
  expect(() => holdOutGroups([4, 4], { share: 0.5, seed: 1 })).toThrow('1 groups')
  const times = Float64Array.of(1, 1, 1, 2)
  expect(() => timeFolds(times, { folds: 3 })).toThrow('too many have the time 1')
  expect(() => timeFolds(Float64Array.of(1, 2), { folds: 1, gap: 1 })).toThrow('no rows to learn from before 1')
  expect(() => timeFolds(times, { folds: 4 })).toThrow('4 rows cannot be split by time')
  expect(() => timeFolds(times, { folds: 1, gap: -1 })).toThrow('0 or more')
  expect(() => timeFolds(times, { folds: 1, window: 0 })).toThrow('longer than 0')
  expect(() => timeFolds(Float64Array.of(1, Number.NaN), { folds: 1 })).toThrow('the time of row 1 is NaN')
})
