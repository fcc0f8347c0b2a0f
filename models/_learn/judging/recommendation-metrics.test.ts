import { expect, test } from 'vitest'
import { recommendationMetrics } from './recommendation-metrics.ts'

test('by hand: of two items wanted one is found, in place 2; who wants nothing does not count', () => {
  const { ndcg, map, mrr, hit } = recommendationMetrics([[7, 3, 9], [1]], [[3, 4], []], { k: 3 })
  expect(ndcg).toBeCloseTo(1 / Math.log2(3) / (1 + 1 / Math.log2(3)), 12)
  expect([map, mrr, hit]).toEqual([1 / 2 / 2, 1 / 2, 1])
})

test('a list that is too short misses what it leaves out, and places after k do not count', () => {
  expect(recommendationMetrics([[3]], [[3, 4]], { k: 2 }).map).toBe(1 / 2)
  expect(recommendationMetrics([[]], [[3]], { k: 2 })).toEqual({ ndcg: 0, map: 0, mrr: 0, hit: 0 })
  expect(recommendationMetrics([[1, 2, 3]], [[3]], { k: 2 }).hit).toBe(0)
  expect(recommendationMetrics([[3], [4]], [[3], [5]], { k: 1, weights: Float64Array.of(3, 1) }).hit).toBe(0.75)
})

test("the metrics are implicit 0.7.3's", () => {
  const users = Array.from({ length: 12 }, (_, user) => user)
  const recommended = users.map((user) => [0, 1, 2, 3, 4].map((place) => (user * 7 + place * 3) % 20))
  const wanted = users.map((user) => [0, 1, 2].slice(0, user % 4).map((j) => (user * 5 + j * 4) % 20))
  const { ndcg, map } = recommendationMetrics(recommended, wanted, { k: 5 })
  expect(ndcg).toBeCloseTo(0.21475231381366328, 12)
  expect(map).toBeCloseTo(0.1469135802469136, 12)
})

test('what cannot be judged is refused', () => {
  expect(() => recommendationMetrics([[1]], [[1], [2]], { k: 1 })).toThrow('1 users have recommendations and 2')
  expect(() => recommendationMetrics([[1, 1]], [[1]], { k: 2 })).toThrow('user 0 is recommended an item twice')
  expect(() => recommendationMetrics([[1]], [[]], { k: 2 })).toThrow('no list has a relevant row')
  expect(() => recommendationMetrics([[1]], [[1]], { k: 0 })).toThrow('k must be 1 or more')
})
