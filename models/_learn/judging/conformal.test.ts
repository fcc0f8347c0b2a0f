import { expect, test } from 'vitest'
import { createRandom, type Random } from '../random.ts'
import { conformalQuantile, conformalQuantiles, quantilesOfRows } from './conformal.ts'
import {
  type Intervals,
  quantileIntervals,
  quantileScores,
  residualIntervals,
  residualScores,
} from './conformal-intervals.ts'
import { adaptiveScores, leastAmbiguousScores, predictionSets, scoresOfTruth } from './conformal-sets.ts'

const of = (...values: number[]) => Float64Array.from(values)
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length

test('the quantile corrects for the number of scores and promises nothing from too few', () => {
  const scores = [9, 1, 2, 3, 4, 5, 6, 7, 8]
  expect(conformalQuantile(scores, 0.9)).toBe(9)
  expect(conformalQuantile(scores, 0.5)).toBe(5)
  expect(conformalQuantile(scores, 0.95)).toBe(Number.POSITIVE_INFINITY)
  expect(conformalQuantile([], 0.5)).toBe(Number.POSITIVE_INFINITY)
})

test('each group has its own quantile, and a group without scores is promised nothing', () => {
  const quantiles = conformalQuantiles(of(1, 20, 3, 40, 2), [0, 2, 0, 2, 0], 0.5)
  expect(quantiles).toEqual(of(2, Number.POSITIVE_INFINITY, 40))
  expect(quantilesOfRows(quantiles, [2, 1, 7, 0])).toEqual(
    of(40, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 2),
  )
})

test('intervals by hand', () => {
  expect(residualScores(of(1, 5), of(2, 2), of(1, 2))).toEqual(of(1, 1.5))
  expect(residualIntervals(of(2, 2), 1.5, of(1, 2))).toEqual({ low: of(0.5, -1), high: of(3.5, 5) })
  expect(residualIntervals(of(2, 2), of(1, 3))).toEqual({ low: of(1, -1), high: of(3, 5) })
  expect(quantileScores(of(1, 5, 9), of(2, 2, 2), of(6, 6, 6))).toEqual(of(1, -1, 3))
  expect(quantileIntervals(of(2, 2), of(6, 3), -1)).toEqual({ low: of(3, 2.5), high: of(5, 2.5) })
})

test('sets by hand', () => {
  const probabilities = of(0.5, 0.2, 0.3, 0.1, 0.9, 0)
  const scores = leastAmbiguousScores(probabilities)
  expect(scoresOfTruth(scores, 3, of(0, 2))).toEqual(of(0.5, 1))
  expect(Array.from(predictionSets(scores, 3, 0.75))).toEqual([1, 0, 1, 0, 1, 0])
  expect(Array.from(predictionSets(scores, 3, of(0, 1)))).toEqual([0, 0, 0, 1, 1, 1])
  const share = createRandom(5).next()
  const adaptive = adaptiveScores(probabilities.subarray(0, 3), 3, 5)
  expect(Array.from(adaptive)).toEqual([share * 0.5, 0.8 + share * 0.2, 0.5 + share * 0.3])
})

/** y = x + noise whose size is given; predictions are x. */
function simulate(rows: number, random: Random, noiseAt: (x: number) => number) {
  const x = Float64Array.from({ length: rows }, random.next)
  const groups = Int32Array.from(x, (value) => Number(value > 0.7))
  return { x, groups, truth: x.map((value) => value + noiseAt(value) * (random.next() + random.next() - 1)) }
}

function covered({ low, high }: Intervals, truth: Float64Array, isCounted: (row: number) => boolean = () => true) {
  const hits: number[] = []
  truth.forEach((value, row) => {
    if (isCounted(row)) hits.push(Number((low[row] ?? 0) <= value && value <= (high[row] ?? 0)))
  })
  return mean(hits)
}

const noisy = (x: number) => (x > 0.7 ? 4 : 0.5)

/** The mean coverage over many small calibrations, where the promise holds exactly. */
function meanCoverage(trial: (seed: number) => number) {
  return mean(Array.from({ length: 400 }, (_, seed) => trial(seed)))
}

test('intervals of residuals cover what they promise, with and without spreads', () => {
  const spreadOf = (x: Float64Array) => x.map(noisy)
  const coverage = (scaled: boolean) =>
    meanCoverage((seed) => {
      const random = createRandom(seed)
      const [old, fresh] = [simulate(39, random, noisy), simulate(60, random, noisy)]
      const [before, after] = scaled ? [spreadOf(old.x), spreadOf(fresh.x)] : []
      const quantile = conformalQuantile(residualScores(old.truth, old.x, before), 0.8)
      return covered(residualIntervals(fresh.x, quantile, after), fresh.truth)
    })
  expect(Math.abs(coverage(false) - 0.8)).toBeLessThan(0.012)
  expect(Math.abs(coverage(true) - 0.8)).toBeLessThan(0.012)
})

test('quantile intervals cover what they promise, however wrong the quantiles are', () => {
  for (const wrong of [0.2, 1, 3]) {
    const coverage = meanCoverage((seed) => {
      const random = createRandom(seed)
      const [old, fresh] = [simulate(39, random, noisy), simulate(60, random, noisy)]
      const [low, high] = [-1, 1].map((sign) => (x: number) => x + sign * wrong * noisy(x)) as [
        typeof noisy,
        typeof noisy,
      ]
      const quantile = conformalQuantile(quantileScores(old.truth, old.x.map(low), old.x.map(high)), 0.8)
      return covered(quantileIntervals(fresh.x.map(low), fresh.x.map(high), quantile), fresh.truth)
    })
    expect(Math.abs(coverage - 0.8)).toBeLessThan(0.012)
  }
})

test('with groups the promise holds within each, without them only for all together', () => {
  const coverageOf = (group: number, grouped: boolean) =>
    meanCoverage((seed) => {
      const random = createRandom(seed)
      const [old, fresh] = [simulate(99, random, noisy), simulate(100, random, noisy)]
      const groups = grouped ? old.groups : new Int32Array(99)
      const quantiles = conformalQuantiles(residualScores(old.truth, old.x), groups, 0.8)
      const ofRows = quantilesOfRows(quantiles, grouped ? fresh.groups : new Int32Array(100))
      return covered(residualIntervals(fresh.x, ofRows), fresh.truth, (row) => fresh.groups[row] === group)
    })
  for (const group of [0, 1]) expect(Math.abs(coverageOf(group, true) - 0.81)).toBeLessThan(0.025)
  expect(coverageOf(0, false)).toBeGreaterThan(0.95)
  expect(coverageOf(1, false)).toBeLessThan(0.6)
})

test('sets of classes cover what they promise, and adaptive ones are larger where rows are hard', () => {
  const draw = (rows: number, random: Random) => {
    const truth = new Float64Array(rows)
    const probabilities = new Float64Array(rows * 3)
    for (let row = 0; row < rows; row++) {
      const top = row % 2 === 0 ? 0.9 : 0.4 // easy and hard rows in turn
      probabilities.set([top, (1 - top) * 0.6, (1 - top) * 0.4], row * 3)
      const u = random.next()
      truth[row] = u < top ? 0 : Number(u >= top + (1 - top) * 0.6) + 1
    }
    return { truth, probabilities }
  }
  const sizes = [0, 0]
  const coverageBy = (score: (probabilities: Float64Array, seed: number) => Float64Array) =>
    meanCoverage((seed) => {
      const random = createRandom(seed)
      const [old, fresh] = [draw(40, random), draw(40, random)]
      const quantile = conformalQuantile(scoresOfTruth(score(old.probabilities, 2 * seed), 3, old.truth), 0.8)
      const sets = predictionSets(score(fresh.probabilities, 2 * seed + 1), 3, quantile)
      sets.forEach((isIn, cell) => {
        sizes[Math.floor(cell / 3) % 2] = (sizes[Math.floor(cell / 3) % 2] ?? 0) + isIn
      })
      return mean(Array.from(fresh.truth, (code, row) => sets[row * 3 + code] ?? 0))
    })
  expect(coverageBy(leastAmbiguousScores)).toBeGreaterThan(0.8) // scores tie: more than promised
  sizes.fill(0)
  expect(Math.abs(coverageBy((probabilities, seed) => adaptiveScores(probabilities, 3, seed)) - 0.81)).toBeLessThan(
    0.02,
  )
  expect(sizes[1]).toBeGreaterThan(1.4 * (sizes[0] ?? 0))
})

test('what cannot be calibrated is refused', () => {
  expect(() => conformalQuantile([1], 1)).toThrow('between 0 and 1')
  expect(() => conformalQuantile([1, Number.NaN], 0.5)).toThrow('a score is NaN')
  expect(() => conformalQuantiles(of(1), [0, 1], 0.5)).toThrow('1 scores have 2 groups')
  expect(() => residualScores(of(), of())).toThrow('0 truths')
  expect(() => residualScores(of(1), of(1), of(0))).toThrow('the spread of row 0 is 0')
  expect(() => quantileScores(of(1), of(1), of(Number.NaN))).toThrow('the prediction of row 0 is NaN')
  expect(() => scoresOfTruth(of(1, 2), 2, of(2))).toThrow('truths are of 3 classes, scores of 2')
  expect(() => predictionSets(of(1, 2, 3), 2, 1)).toThrow('3 numbers cannot be rows of 2 classes')
})
