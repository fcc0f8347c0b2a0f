import { rocAuc } from '#models/_learn/judging/curves.ts'
import { nodeTeam } from '#models/_learn/kernels/node-team.ts'
import { fitElasticNet } from '#models/_learn/linear/elastic-net.ts'
import { fitLinear, predictLinear } from '#models/_learn/linear/least-squares.ts'
import { fitLogistic } from '#models/_learn/linear/logistic.ts'
import { predictLogistic } from '#models/_learn/linear/logistic-model.ts'
import { fitForest } from '#models/_learn/trees/forest.ts'
import { predictEnsemble } from '#models/_learn/trees/predict.ts'
import type { Run } from '../measurement.ts'
import { runAls } from './als.ts'
import { fitBoosted } from './boosting-settings.ts'
import { runIsolationForest } from './isolation-forest.ts'
import { runKMeans } from './k-means.ts'
import { runMultiLabel } from './multi-label.ts'
import { runPca } from './pca.ts'
import { runRegression, runSupervised } from './supervised.ts'

type Training = (threads: number) => Promise<Run>

/** What can be measured of ours, with the settings of the peer beside it. */
export const trainings: Readonly<Record<string, Training>> = {
  boosting_10k: boosting('friedman_100k_10', 8_000),
  boosting_100k: boosting('friedman_100k_10'),
  boosting_1m: boosting('friedman_1m_20'),
  forest_100k: (threads) =>
    runRegression({
      table: 'friedman_100k_10',
      train: (matrix, target) => fitForest(matrix, target, { trees: 100, seed: 1, team: nodeTeam(threads) }),
      predict: predictEnsemble,
    }),
  multilabel: runMultiLabel,
  isolation_forest: runIsolationForest,
  k_means: runKMeans,
  als: runAls,
  pca: runPca,
  least_squares: () => runRegression({ table: 'friedman_1m_20', train: fitLinear, predict: predictLinear }),
  elastic_net: () =>
    runRegression({
      table: 'friedman_1m_20',
      train: (matrix, target) => fitElasticNet(matrix, target, { penalty: 0.1, l1Ratio: 0.5 }),
      predict: predictLinear,
    }),
  logistic: () =>
    runSupervised({
      table: 'friedman_1m_20',
      train: (matrix, target) => fitLogistic(matrix, target.map(isHigh)),
      predict: (model, matrix) => predictLogistic(model, matrix).filter((_, i) => i % 2 === 1),
      judge: (truth, predicted) => ({ auc: rocAuc(truth.map(isHigh), predicted) }),
    }),
}

function boosting(table: string, limit?: number): Training {
  return (threads) =>
    runRegression({
      table,
      ...(limit === undefined ? {} : { limit }),
      train: (matrix, target) => fitBoosted(matrix, target, { team: nodeTeam(threads) }),
      predict: predictEnsemble,
    })
}

/** About half of the rows are. */
function isHigh(value: number): number {
  return Number(value > 14)
}
