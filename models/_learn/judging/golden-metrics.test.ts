import { expect, test } from 'vitest'
import { createRandom } from '../random.ts'
import { clusteringMetrics } from './clustering-metrics.ts'
import { accuracy, cohensKappa, confusionMatrix } from './confusion.ts'
import { averagePrecision, rocAuc } from './curves.ts'
import { f1OfClasses, f1OfLabels } from './f1.ts'
import golden from './golden-metrics.json' with { type: 'json' }
import { logLoss } from './log-loss.ts'
import { rankingMetrics } from './ranking-metrics.ts'
import { pinballLoss, regressionMetrics } from './regression-metrics.ts'

const rows = goldenRows()
const lists = Int32Array.from({ length: 60 }, (_, row) => Math.floor(row / 10))
const listWeights = Float64Array.of(1, 2, 0.5, 1, 3, 1)

test.each(['plain', 'weighted'] as const)("%s, the metrics are scikit-learn's", (kind) => {
  const expected = golden[kind]
  const weights = kind === 'weighted' ? rows.weights : undefined
  const ofLists = kind === 'weighted' ? listWeights : undefined
  const confusion = confusionMatrix(rows.classes, rows.predictedClasses, weights)
  const classes = f1OfClasses(confusion)
  const above = rows.scores.map((score) => Number(score > 0.6))
  const labels = f1OfLabels(rows.binary, above, 4, weights?.subarray(0, 15))
  const { relevance, distinctScores, scores } = rows
  const ranked = { scores: distinctScores, relevance, lists }
  const ndcg = (values: Float64Array, k?: number) =>
    rankingMetrics({ ...ranked, scores: values }, { k, gain: 'linear', weights: ofLists }).ndcg
  const found: Record<keyof typeof expected, number | number[]> = {
    ...regressionMetrics(rows.amounts, rows.predictedAmounts, weights),
    pinball: pinballLoss(rows.amounts, rows.predictedAmounts, 0.8, weights),
    accuracy: accuracy(confusion),
    f1Micro: classes.micro,
    f1Macro: classes.macro,
    f1Each: Array.from(classes.each),
    kappaNone: cohensKappa(confusion),
    kappaLinear: cohensKappa(confusion, 'linear'),
    kappaQuadratic: cohensKappa(confusion, 'quadratic'),
    logLoss: logLoss(rows.classes, rows.probabilities, weights),
    binaryLogLoss: logLoss(rows.binary, scores, weights),
    rocAuc: rocAuc(rows.binary, scores, weights),
    averagePrecision: averagePrecision(rows.binary, scores, weights),
    ndcg: ndcg(distinctScores),
    ndcg5: ndcg(distinctScores, 5),
    ndcgTied5: ndcg(scores, 5),
    map: rankingMetrics(ranked, { weights: ofLists }).map,
    f1LabelsMicro: labels.micro,
    f1LabelsMacro: labels.macro,
  }
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort())
  for (const [name, value] of Object.entries(expected))
    [value].flat().forEach((number, i) => {
      expect([found[name as keyof typeof expected]].flat()[i], `${name} ${i}`).toBeCloseTo(number, 10)
    })
})

test("counts and clusterings are scikit-learn's", () => {
  expect(Array.from(confusionMatrix(rows.classes, rows.predictedClasses).weight)).toEqual(golden.confusion)
  const { adjustedRand, normalizedMutualInformation } = clusteringMetrics(rows.classes, rows.predictedClasses)
  expect(adjustedRand).toBeCloseTo(golden.adjustedRand, 12)
  expect(normalizedMutualInformation).toBeCloseTo(golden.normalizedMutualInformation, 12)
})

/** The sixty rows that golden numbers of other libraries are of: with ties among scores, and weights of 0. */
function goldenRows() {
  const random = createRandom(2024)
  const draw = (next: () => number) => Float64Array.from({ length: 60 }, next)
  const amounts = draw(() => random.integer(100) / 8 + 0.5)
  const classes = draw(() => random.integer(4))
  const binary = draw(() => random.integer(2))
  const parts = Array.from({ length: 60 }, () => [0, 1, 2, 3].map(() => 1 + random.integer(9)))
  return {
    amounts,
    predictedAmounts: amounts.map((amount) => amount + random.integer(40) / 8 - 2),
    classes,
    predictedClasses: classes.map((code) => (random.next() < 0.5 ? code : random.integer(4))),
    /** Four numbers a row that sum to 1. */
    probabilities: Float64Array.from(parts.flatMap((row) => row.map((part) => part / row.reduce((a, b) => a + b, 0)))),
    binary,
    /** 0 to 1, with ties. */
    scores: binary.map((label) => (random.integer(8) + 3 * label) / 10),
    /** In six lists of ten rows. */
    relevance: draw(() => random.integer(4)),
    distinctScores: draw(random.next),
    weights: draw(() => random.integer(5) / 2),
  }
}
