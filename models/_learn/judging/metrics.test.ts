import fc from 'fast-check'
import { expect, test } from 'vitest'
import { take } from '../matrix.ts'
import { createRandom, permutation } from '../random.ts'
import { argsort } from './argsort.ts'
import { clusteringMetrics } from './clustering-metrics.ts'
import { accuracy, cohensKappa, confusionMatrix } from './confusion.ts'
import { averagePrecision, rocAuc } from './curves.ts'
import { f1OfClasses, f1OfLabels } from './f1.ts'
import { logLoss } from './log-loss.ts'
import { meanAndDeviation } from './mean-and-deviation.ts'
import { pinballLoss, regressionMetrics } from './regression-metrics.ts'

const of = (...values: number[]) => Float64Array.from(values)

/** Random rows with what all metrics take; every class occurs, and scores tie. */
const scoredTables = fc.tuple(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 4, max: 30 })).map(([seed, rows]) => {
  const random = createRandom(seed)
  const draw = (next: (row: number) => number) => Float64Array.from({ length: rows }, (_, row) => next(row))
  return {
    rows,
    random,
    amounts: draw(() => random.next() * 9),
    predicted: draw(() => random.next() * 9),
    binary: draw((row) => (row < 2 ? row : random.integer(2))),
    scores: draw(() => random.integer(6) / 8),
    counts: draw(() => 1 + random.integer(3)),
  }
})

type ScoredTable = typeof scoredTables extends fc.Arbitrary<infer Table> ? Table : never

type Metric = (table: ScoredTable, take: (values: Float64Array) => Float64Array, weights?: Float64Array) => number
const halves = (scores: Float64Array) => scores.map((score) => Math.round(score * 2))
const metrics: Record<string, Metric> = {
  r2: ({ amounts, predicted }, rows, weights) => regressionMetrics(rows(amounts), rows(predicted), weights).r2,
  mae: ({ amounts, predicted }, rows, weights) => regressionMetrics(rows(amounts), rows(predicted), weights).mae,
  rmse: ({ amounts, predicted }, rows, weights) => regressionMetrics(rows(amounts), rows(predicted), weights).rmse,
  mape: ({ amounts, predicted }, rows, weights) => regressionMetrics(rows(amounts), rows(predicted), weights).mape,
  pinball: ({ amounts, predicted }, rows, weights) => pinballLoss(rows(amounts), rows(predicted), 0.3, weights),
  accuracy: ({ binary, scores }, rows, weights) =>
    accuracy(confusionMatrix(rows(binary), rows(halves(scores)), weights)),
  f1: ({ binary, scores }, rows, weights) =>
    f1OfClasses(confusionMatrix(rows(binary), rows(halves(scores)), weights)).macro,
  kappa: ({ binary, scores }, rows, weights) =>
    cohensKappa(confusionMatrix(rows(binary), rows(halves(scores)), weights), 'quadratic'),
  logLoss: ({ binary, scores }, rows, weights) => logLoss(rows(binary), rows(scores), weights),
  rocAuc: ({ binary, scores }, rows, weights) => rocAuc(rows(binary), rows(scores), weights),
  averagePrecision: ({ binary, scores }, rows, weights) => averagePrecision(rows(binary), rows(scores), weights),
}

test.each(Object.entries(metrics))('%s: the order of rows does not matter, and weights repeat rows', (_, metric) => {
  const everyRow = (values: Float64Array) => values
  fc.assert(
    fc.property(scoredTables, (table) => {
      const order = permutation(table.rows, table.random)
      expect(metric(table, (values) => take(values, order))).toBeCloseTo(metric(table, everyRow), 9)
      const repeated = Array.from(table.counts).flatMap((count, row) => new Array<number>(count).fill(row))
      const weighted = metric(table, everyRow, table.counts)
      expect(metric(table, (values) => take(values, repeated))).toBeCloseTo(weighted, 9)
      const scaled = table.counts.map((count) => count * 7)
      expect(metric(table, everyRow, scaled)).toBeCloseTo(weighted, 9)
    }),
    { numRuns: 50 },
  )
})

test('regression by hand', () => {
  const metrics = regressionMetrics(of(1, 2, 3, 4), of(1, 3, 3, 2))
  expect(metrics).toEqual({ r2: 0, mae: 0.75, rmse: Math.sqrt(5 / 4), mape: 0.25 })
  expect(pinballLoss(of(0, 10), of(4, 0), 0.9)).toBeCloseTo((0.1 * 4 + 0.9 * 10) / 2, 12)
  expect(meanAndDeviation([1, 3])).toEqual({ mean: 2, sd: Math.SQRT2 })
})

test('a truth that never changes is explained wholly or not at all', () => {
  expect(regressionMetrics(of(3, 3), of(3, 3)).r2).toBe(1)
  expect(regressionMetrics(of(3, 3), of(3, 4)).r2).toBe(0)
  expect(regressionMetrics(of(0), of(0)).mape).toBe(0)
})

test('classes by hand', () => {
  const confusion = confusionMatrix(of(0, 0, 1, 3), of(0, 1, 1, 1))
  expect(Array.from(confusion.weight)).toEqual([1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0])
  expect(accuracy(confusion)).toBe(0.5)
  const { micro, macro, each } = f1OfClasses(confusion)
  expect(micro).toBe(0.5)
  expect(Array.from(each)).toEqual([2 / 3, 0.5, Number.NaN, 0])
  expect(macro).toBeCloseTo((2 / 3 + 1 / 2 + 0) / 3, 12)
  // They agree on 2 of 4; chance gives (2 * 1 + 1 * 3) / 16.
  expect(cohensKappa(confusion)).toBeCloseTo((2 / 4 - 5 / 16) / (1 - 5 / 16), 12)
})

test('labels by hand', () => {
  const { micro, macro, each } = f1OfLabels([1, 0, 0, 1, 1, 0], [1, 0, 0, 0, 1, 0], 3)
  expect(Array.from(each)).toEqual([2 / 3, 1, Number.NaN])
  expect(micro).toBe(4 / 5)
  expect(macro).toBeCloseTo((2 / 3 + 1) / 2, 12)
})

test('curves by hand: ties count half of a pair, and one step of a curve', () => {
  expect(rocAuc(of(0, 1, 0, 1), of(1, 2, 2, 3))).toBe(3.5 / 4)
  expect(averagePrecision(of(0, 1, 0, 1), of(1, 2, 2, 3))).toBeCloseTo((1 + 2 / 3) / 2, 12)
  expect(rocAuc(of(0, 1, 1), of(5, 5, 5))).toBe(0.5)
  expect(averagePrecision(of(0, 1, 1), of(5, 5, 5))).toBeCloseTo(2 / 3, 12)
})

test('log loss by hand: probabilities of 0 cost much, but not all', () => {
  expect(logLoss(of(1, 0), of(0.5, 0.25))).toBeCloseTo(-(Math.log(0.5) + Math.log(0.75)) / 2, 12)
  expect(logLoss(of(2, 0), of(0, 0.5, 0.5, 1, 0, 0))).toBeCloseTo(Math.log(2) / 2, 12)
  expect(logLoss(of(1), of(0))).toBeCloseTo(52 * Math.log(2), 10)
})

test('perfect and worst predictions get the ends of each scale', () => {
  fc.assert(
    fc.property(scoredTables, ({ binary, amounts }) => {
      const wrong = binary.map((value) => 1 - value)
      const [right, reversed] = [confusionMatrix(binary, binary), confusionMatrix(binary, wrong)]
      expect([accuracy(right), f1OfClasses(right).macro, cohensKappa(right)]).toEqual([1, 1, 1])
      expect([accuracy(reversed), f1OfClasses(reversed).macro]).toEqual([0, 0])
      expect(cohensKappa(reversed)).toBeLessThan(0)
      expect([rocAuc(binary, binary), averagePrecision(binary, binary)]).toEqual([1, 1])
      expect(rocAuc(binary, wrong)).toBe(0)
      expect(logLoss(binary, binary)).toBeCloseTo(0, 12)
      expect(regressionMetrics(amounts, amounts)).toEqual({ r2: 1, mae: 0, rmse: 0, mape: 0 })
      expect(clusteringMetrics(binary, wrong)).toEqual({
        adjustedRand: 1,
        normalizedMutualInformation: expect.closeTo(1),
      })
    }),
    { numRuns: 50 },
  )
})

test('only the order of scores counts for curves, and the AUC of turned scores is the rest to 1', () => {
  fc.assert(
    fc.property(scoredTables, ({ binary, scores, counts }) => {
      const moved = scores.map((score) => Math.exp(3 * score) - 100)
      expect(rocAuc(binary, moved, counts)).toBe(rocAuc(binary, scores, counts))
      expect(averagePrecision(binary, moved, counts)).toBe(averagePrecision(binary, scores, counts))
      const turned = scores.map((score) => -score)
      expect(rocAuc(binary, turned, counts)).toBeCloseTo(1 - rocAuc(binary, scores, counts), 12)
    }),
  )
})

test('ROC AUC is the share of pairs in order', () => {
  fc.assert(
    fc.property(scoredTables, ({ binary, scores }) => {
      let sum = 0
      let pairs = 0
      binary.forEach((a, i) => {
        binary.forEach((b, j) => {
          if (a <= b) return
          pairs++
          sum += (Math.sign((scores[i] ?? 0) - (scores[j] ?? 0)) + 1) / 2
        })
      })
      expect(rocAuc(binary, scores)).toBeCloseTo(sum / pairs, 12)
    }),
  )
})

test('rows are ordered by value, equal values by row', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -2, max: 2 }))), (values) => {
      const expected = values
        .map((_, row) => row)
        .sort((a, b) => {
          const [left, right] = [values[a] ?? 0, values[b] ?? 0]
          return left < right ? -1 : Number(left > right) || a - b
        })
      expect(Array.from(argsort(Float64Array.from(values)))).toEqual(expected)
    }),
  )
})

test('what cannot be scored is refused with the row that is wrong', () => {
  expect(() => regressionMetrics(of(), of())).toThrow('0 truths')
  expect(() => regressionMetrics(of(1, 2), of(1))).toThrow('2 truths and 1 predictions')
  expect(() => regressionMetrics(of(1, Number.NaN), of(1, 1))).toThrow('the truth of row 1 is NaN')
  expect(() => regressionMetrics(of(1), of(Infinity))).toThrow('the prediction of row 0 is Infinity')
  expect(() => clusteringMetrics(of(0, 1), of(0, -1))).toThrow('the prediction of row 1 is -1')
  expect(() => rocAuc(of(0, 1), of(Number.NaN, 1))).toThrow('the prediction of row 0 is NaN')
  expect(() => regressionMetrics(of(1), of(1), of(-1))).toThrow('one non-negative number a row')
  expect(() => regressionMetrics(of(1), of(1), of(0))).toThrow('not all zero')
  expect(() => regressionMetrics(of(1), of(1), of(1, 1))).toThrow('one non-negative number a row')
  expect(() => pinballLoss(of(1), of(1), 1)).toThrow('between 0 and 1')
  expect(() => confusionMatrix(of(0, 1.5), of(0, 0))).toThrow('the truth of row 1 is 1.5')
  expect(() => confusionMatrix(of(), of())).toThrow('0 truths')
  expect(() => cohensKappa(confusionMatrix(of(1, 1), of(1, 1)))).toThrow('two classes')
  expect(() => rocAuc(of(1, 1), of(1, 2))).toThrow('all rows are of 1')
  expect(() => rocAuc(of(0, 1), of(1, 2), of(1, 0))).toThrow('all rows are of 0')
  expect(() => rocAuc(of(0, 2), of(1, 2))).toThrow('the truth of row 1 is 2')
  expect(() => averagePrecision(of(0, 0), of(1, 2))).toThrow('rows of class 1')
  expect(() => logLoss(of(0, 2), of(0.5, 0.5))).toThrow('3 classes')
  expect(() => logLoss(of(0), of(1.5))).toThrow('row 0 has a probability of 1.5')
  expect(() => logLoss(of(0, 1), of(0.5, 0.5, 0.5, 0.9))).toThrow('the probabilities of row 1 sum to 1.4')
  expect(() => f1OfLabels([0, 0], [0, 0], 2)).toThrow('no label')
  expect(() => meanAndDeviation([])).toThrow('nothing to average')
})
