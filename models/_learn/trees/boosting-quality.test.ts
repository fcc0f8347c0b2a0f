import { expect, test } from 'vitest'
import { accuracy, confusionMatrix } from '../judging/confusion.ts'
import { rocAuc } from '../judging/curves.ts'
import { logLoss } from '../judging/log-loss.ts'
import { rankingMetrics } from '../judging/ranking-metrics.ts'
import { pinballLoss, regressionMetrics } from '../judging/regression-metrics.ts'
import { take, takeRows } from '../matrix.ts'
import { PEER_TABLES } from '../testing/peer-tables.ts'
import { type BoostingOptions, fitBoosting } from './boosting.ts'
import { lambdaRankLoss } from './losses/lambda-rank.ts'
import { logisticLoss } from './losses/logistic.ts'
import { absoluteLoss, quantileLoss } from './losses/quantile.ts'
import { softmaxLoss } from './losses/softmax.ts'
import { squaredLoss } from './losses/squared.ts'
import { predictBoosted } from './predict-boosted.ts'

// LightGBM 4.7.0 on the same tables: n_estimators 100, learning_rate 0.1, num_leaves 31, min_child_samples 20, one thread.
// What differs between the two is how quantiles are binned and how ties and categories are ordered.

/** Trains on the first part of a table as LightGBM did, and predicts the rest. */
async function heldOut(name: string, options: Partial<BoostingOptions> & Pick<BoostingOptions, 'loss'>) {
  const table = PEER_TABLES[name]?.()
  if (table === undefined) throw new Error(`there is no table ${name}`)
  const { matrix, target, trainRows, categorical, groups } = table
  const train = Int32Array.from({ length: trainRows }, (_, row) => row)
  const test = Int32Array.from({ length: matrix.rows - trainRows }, (_, row) => trainRows + row)
  const model = await fitBoosting(takeRows(matrix, train), take(target, train), {
    ...{ rounds: 100, seed: 1, groups: groups?.subarray(0, trainRows) },
    ...(categorical && { categorical }),
    ...options,
  })
  return {
    truth: take(target, test),
    predicted: predictBoosted(model, takeRows(matrix, test)),
    groups: groups?.subarray(trainRows),
  }
}

test.each([
  { name: 'plain', peer: 0.70944, options: {} },
  {
    name: 'penalties, rows and columns by share',
    peer: 0.69287,
    options: { l1: 5, l2: 10, rowShare: 0.7, columnShare: 0.7 },
  },
  { name: 'monotone', peer: 0.6985, options: { monotone: { 3: 1 } as const } },
  {
    name: 'weights',
    peer: 0.67135,
    options: { weights: Float64Array.from({ length: 2000 }, (_, row) => (row % 3 === 0 ? 2 : 0.5)) },
  },
])('squared loss, $name: R2 as LightGBM', async ({ peer, options }) => {
  const { truth, predicted } = await heldOut('squared', { loss: squaredLoss(), ...options })
  expect(regressionMetrics(truth, predicted).r2).toBeGreaterThan(peer - 0.02)
})

test('absolute loss: mean absolute error as LightGBM', async () => {
  const { truth, predicted } = await heldOut('squared', { loss: absoluteLoss() })
  expect(regressionMetrics(truth, predicted).mae).toBeLessThan(1.04066 * 1.03)
})

test.each([
  [0.1, 0.25146],
  [0.9, 0.2677],
])('quantile loss at %f: pinball loss as LightGBM', async (level, peer) => {
  const { truth, predicted } = await heldOut('squared', { loss: quantileLoss(level) })
  expect(pinballLoss(truth, predicted, level)).toBeLessThan(peer * 1.05)
})

test('logistic loss: ROC AUC and log loss as LightGBM', async () => {
  const { truth, predicted } = await heldOut('logistic', { loss: logisticLoss() })
  expect(rocAuc(truth, predicted)).toBeGreaterThan(0.8847 - 0.01)
  expect(logLoss(truth, predicted)).toBeLessThan(0.44618 * 1.03)
})

test('softmax loss: accuracy and log loss as LightGBM', async () => {
  const { truth, predicted } = await heldOut('softmax', { loss: softmaxLoss(4) })
  const classes = truth.map((_, row) => {
    const own = predicted.subarray(4 * row, 4 * row + 4)
    return own.indexOf(Math.max(...own))
  })
  expect(accuracy(confusionMatrix(truth, classes))).toBeGreaterThan(0.582 - 0.02)
  expect(logLoss(truth, predicted)).toBeLessThan(0.97782 * 1.03)
})

test('categories: R2 as LightGBM', async () => {
  const { truth, predicted } = await heldOut('categories', { loss: squaredLoss() })
  expect(regressionMetrics(truth, predicted).r2).toBeGreaterThan(0.8208 - 0.02)
})

test('lambdarank: NDCG@10 as LightGBM', async () => {
  const { truth, predicted, groups = [] } = await heldOut('lambdarank', { loss: lambdaRankLoss() })
  expect(rankingMetrics({ relevance: truth, scores: predicted, lists: groups }, { k: 10 }).ndcg).toBeGreaterThan(
    0.86905 - 0.01,
  )
})
