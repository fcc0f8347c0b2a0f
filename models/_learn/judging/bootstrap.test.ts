import fc from 'fast-check'
import { expect, test } from 'vitest'
import { take } from '../matrix.ts'
import { createRandom } from '../random.ts'
import { type BootstrapOptions, bootstrapInterval, compareByBootstrap, type Statistic } from './bootstrap.ts'
import { rocAuc } from './curves.ts'
import { normalProbability, normalQuantile } from './normal-distribution.ts'

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length
const meanOf =
  (values: Float64Array): Statistic =>
  (rows) =>
    mean(take(values, rows))
const varianceOf =
  (values: Float64Array): Statistic =>
  (rows) => {
    const drawn = take(values, rows)
    const middle = mean(drawn)
    return mean(drawn.map((value) => (value - middle) ** 2))
  }

// Efron and Tibshirani, table 14.1: spatial test A.
const spatial = Float64Array.of(
  ...[48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41],
)

test("a variance has the intervals of Efron and Tibshirani's book, and of SciPy 1.17.1 with 400,000 draws", async () => {
  const intervalBy = (method: 'bca' | 'percentile') =>
    bootstrapInterval(26, varianceOf(spatial), { seed: 1, repeats: 50_000, coverage: 0.9, method })
  const bca = await intervalBy('bca')
  expect(bca.estimate).toBeCloseTo(171.534, 3)
  expect(Math.abs(bca.low - 115.5)).toBeLessThan(3)
  expect(Math.abs(bca.high - 261.1)).toBeLessThan(3)
  expect(Math.abs(bca.standardError - 41.88)).toBeLessThan(0.8)
  const percentile = await intervalBy('percentile')
  expect(Math.abs(percentile.low - 97.7)).toBeLessThan(3)
  expect(Math.abs(percentile.high - 235.7)).toBeLessThan(3)
})

test.each(['bca', 'percentile'] as const)('%s intervals cover the truth about as often as they say', async (method) => {
  const random = createRandom(5)
  let covered = 0
  for (let seed = 0; seed < 200; seed++) {
    const values = Float64Array.from({ length: 40 }, () => random.next() ** 2)
    const { low, high } = await bootstrapInterval(40, meanOf(values), { seed, repeats: 200, coverage: 0.9, method })
    covered += Number(low <= 1 / 3 && 1 / 3 <= high)
  }
  expect(covered / 200).toBeGreaterThan(0.83)
  expect(covered / 200).toBeLessThan(0.96)
})

test('a group that is drawn whole counts like one row, however many it has', async () => {
  const five = Float64Array.from({ length: 130 }, (_, row) => spatial[Math.floor(row / 5)] ?? 0)
  const groups = Int32Array.from({ length: 130 }, (_, row) => 100 - Math.floor(row / 5))
  const options = { seed: 3, repeats: 300 }
  const single = await bootstrapInterval(26, meanOf(spatial), options)
  const grouped = await bootstrapInterval(130, meanOf(five), { ...options, groups })
  for (const name of ['estimate', 'low', 'high', 'standardError'] as const)
    expect(grouped[name]).toBeCloseTo(single[name], 9)
  const rows = await bootstrapInterval(130, meanOf(five), options)
  expect(rows.standardError).toBeLessThan(0.6 * single.standardError)
})

test('strata keep a rare class, without which a metric has no value', async () => {
  const truth = Float64Array.from({ length: 40 }, (_, row) => Number(row < 2))
  const scores = Float64Array.from({ length: 40 }, (_, row) => (row * 7) % 11)
  const auc: Statistic = (rows) => rocAuc(take(truth, rows), take(scores, rows))
  const options = { seed: 1, repeats: 100, method: 'percentile' } as const
  await expect(bootstrapInterval(40, auc, options)).rejects.toThrow('both classes')
  const { low, high, estimate } = await bootstrapInterval(40, auc, { ...options, strata: truth })
  expect(low).toBeLessThan(estimate)
  expect(high).toBeGreaterThan(estimate)
})

test('on the same draws a small difference shows that two intervals would hide', async () => {
  const random = createRandom(2)
  const first = Float64Array.from({ length: 60 }, () => 10 * random.next())
  const second = first.map((value) => value - 0.1 - 0.1 * random.next())
  const options = { seed: 1, repeats: 500 }
  const difference = await compareByBootstrap(60, meanOf(first), meanOf(second), options)
  expect(difference.low).toBeGreaterThan(0.1)
  expect(difference.high).toBeLessThan(0.2)
  expect(difference.firstLarger).toBeGreaterThan(0.998)
  const alone = await bootstrapInterval(60, meanOf(first), options)
  expect(alone.high - alone.low).toBeGreaterThan(1)
  expect((await compareByBootstrap(60, meanOf(first), meanOf(first), options)).firstLarger).toBe(0.5)
})

test('intervals move and stretch with their statistic, and a seed repeats them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -9, max: 9 }), async (scale, shift) => {
      const options = { seed: 4, repeats: 100 }
      const plain = await bootstrapInterval(26, meanOf(spatial), options)
      const moved = await bootstrapInterval(26, meanOf(spatial.map((value) => scale * value + shift)), options)
      expect(moved.low).toBeCloseTo(scale * plain.low + shift, 8)
      expect(moved.high).toBeCloseTo(scale * plain.high + shift, 8)
      expect(await bootstrapInterval(26, meanOf(spatial), options)).toEqual(plain)
    }),
    { numRuns: 10 },
  )
})

test('what never changes has an interval without width, and one row has one too', async () => {
  const none = { estimate: 7, low: 7, high: 7, standardError: 0 }
  expect(await bootstrapInterval(9, () => 7, { seed: 1, repeats: 50 })).toEqual(none)
  expect(await bootstrapInterval(1, meanOf(Float64Array.of(7)), { seed: 1, repeats: 50 })).toEqual(none)
})

test('a wrong option, a draw without a value and an abort are told', async () => {
  const fails = async (rows: number, statistic: Statistic, options: Partial<BootstrapOptions>, message: string) =>
    expect(bootstrapInterval(rows, statistic, { seed: 1, repeats: 9, ...options })).rejects.toThrow(message)
  await fails(3, () => 1, { coverage: 1 }, 'between 0 and 1')
  await fails(3, () => 1, { repeats: 1 }, '2 or more')
  await fails(0, () => 1, {}, 'no rows')
  await fails(3, () => Number.NaN, {}, 'the statistic is NaN')
  await fails(3, () => 1, { groups: [1] }, '3 rows have 1 groups')
  await fails(3, () => 1, { strata: [1] }, '3 rows have 1 strata')
  await fails(3, () => 1, { groups: [1, 1, 2], strata: [0, 1, 1] }, 'the group of row 1 has rows of two strata')
  await fails(3, () => 1, { signal: AbortSignal.abort(new Error('enough')) }, 'enough')
})

test("the normal distribution is SciPy's", () => {
  const probabilities = [2.866515719e-7, 0.1586552539, 0.6179114222, 0.9772498681]
  ;[-5, -1, 0.3, 2].forEach((x, i) => {
    expect(normalProbability(x)).toBeCloseTo(probabilities[i] ?? 0, 9)
  })
  const quantiles = [-4.753424309, -1.959963985, -0.5244005127, 1.281551566, 3.090232306]
  ;[1e-6, 0.025, 0.3, 0.9, 0.999].forEach((p, i) => {
    expect(normalQuantile(p)).toBeCloseTo(quantiles[i] ?? 0, 8)
  })
  expect([normalQuantile(0), normalQuantile(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])
  expect(() => normalQuantile(1.1)).toThrow('no probability')
})
