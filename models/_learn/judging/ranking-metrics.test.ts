import fc from 'fast-check'
import { expect, test } from 'vitest'
import { take } from '../matrix.ts'
import { createRandom, permutation } from '../random.ts'
import { rankingMetrics } from './ranking-metrics.ts'

const of = (...values: number[]) => Float64Array.from(values)

test('by hand: two lists, the first with its relevant rows in places 2 and 3', () => {
  const rows = { scores: of(9, 8, 7, 1, 2), relevance: of(0, 2, 1, 0, 1), lists: [0, 0, 0, 1, 1] }
  const { ndcg, map, mrr, hit } = rankingMetrics(rows)
  const second = 1 / Math.log2(3)
  expect(ndcg).toBeCloseTo(((3 * second + 1 / 2) / (3 + second) + 1) / 2, 12)
  expect(map).toBeCloseTo(((1 / 2 + 2 / 3) / 2 + 1) / 2, 12)
  expect([mrr, hit]).toEqual([(1 / 2 + 1) / 2, 1])
  expect(rankingMetrics(rows, { k: 1 })).toEqual({ ndcg: 0.5, map: 0.5, mrr: 0.5, hit: 0.5 })
  expect(rankingMetrics(rows, { k: 1, weights: of(3, 1) }).hit).toBe(0.25)
})

test('among equal scores the gain is the mean of all orders, and places are the worst', () => {
  const { ndcg, map, mrr, hit } = rankingMetrics({ scores: of(1, 1), relevance: of(1, 0), lists: [0, 0] }, { k: 1 })
  expect([ndcg, map, mrr, hit]).toEqual([0.5, 0, 0, 0])
})

const tables = fc.integer({ min: 0, max: 1e6 }).map((seed) => {
  const random = createRandom(seed)
  const draw = (next: (row: number) => number) => Float64Array.from({ length: 30 }, (_, row) => next(row))
  const lists = draw(() => random.integer(4))
  const relevance = draw(() => random.integer(3))
  relevance[0] = 1
  return { random, lists, relevance, scores: draw(() => random.integer(9)), k: 1 + random.integer(10) }
})

test('the order of rows and the scale of scores do not matter, and a list with weight 2 counts like two', () => {
  fc.assert(
    fc.property(tables, ({ random, k, ...rows }) => {
      const plain = rankingMetrics(rows, { k })
      const order = permutation(30, random)
      const moved = {
        lists: take(rows.lists, order),
        relevance: take(rows.relevance, order),
        scores: take(rows.scores, order).map((score) => Math.exp(score)),
      }
      const close = (metrics: typeof plain) =>
        Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, expect.closeTo(value, 10)]))
      expect(rankingMetrics(moved, { k })).toEqual(close(plain))
      const twice = (values: Float64Array, added = 0) => Float64Array.of(...values, ...values.map((x) => x + added))
      const both = { lists: twice(rows.lists, 4), relevance: twice(rows.relevance), scores: twice(rows.scores) }
      expect(rankingMetrics(both, { k })).toEqual(close(plain))
      const firstTwice = { ...both, relevance: both.relevance.map((x, row) => ((both.lists[row] ?? 0) > 4 ? 0 : x)) }
      const doubled = rankingMetrics(rows, { k, weights: of(2, 1, 1, 1) })
      expect(rankingMetrics(firstTwice, { k })).toEqual(close(doubled))
    }),
  )
})

test('the best order gets 1, and no order more', () => {
  fc.assert(
    fc.property(tables, ({ k, ...rows }) => {
      const all = { ndcg: expect.closeTo(1, 12), map: expect.closeTo(1, 12), mrr: 1, hit: 1 }
      expect(rankingMetrics({ ...rows, scores: rows.relevance }, { k })).toEqual(all)
      const metrics = rankingMetrics(rows, { k, gain: 'linear' })
      for (const value of Object.values(metrics)) expect(value).toBeGreaterThanOrEqual(0)
      for (const value of Object.values(metrics)) expect(value).toBeLessThanOrEqual(1 + 1e-12)
    }),
  )
})

test('what cannot be ranked is refused', () => {
  const rows = { scores: of(1, 2), relevance: of(0, 1), lists: [0, 0] }
  expect(() => rankingMetrics({ ...rows, relevance: of(0, 0) })).toThrow('no list has a relevant row')
  expect(() => rankingMetrics({ ...rows, relevance: of(0, -1) })).toThrow('the relevance of row 1 is -1')
  expect(() => rankingMetrics({ ...rows, scores: of(1, Number.NaN) })).toThrow('the prediction of row 1 is NaN')
  expect(() => rankingMetrics({ ...rows, lists: [0] })).toThrow('2 rows have 1 lists')
  expect(() => rankingMetrics({ ...rows, lists: [0, -1] })).toThrow('the list of row 1 is -1')
  expect(() => rankingMetrics(rows, { k: 0 })).toThrow('k must be 1 or more')
  expect(() => rankingMetrics({ scores: of(), relevance: of(), lists: [] })).toThrow('0 truths')
})
