import { fitLinear, predictLinear } from '#models/_learn/linear/least-squares.ts'
import { predictEnsemble } from '#models/_learn/trees/tree.ts'
import type { Run } from '../measurement.ts'
import { fitBoosted } from './boosting-settings.ts'
import { runRegression } from './supervised.ts'

type Training = (threads: number) => Promise<Run>

/** What can be measured of ours, with the settings of the peer beside it. */
export const trainings: Readonly<Record<string, Training>> = {
  boosting_10k: boosting('friedman_100k_10', 8_000),
  boosting_100k: boosting('friedman_100k_10'),
  boosting_1m: boosting('friedman_1m_20'),
  least_squares: () => runRegression({ table: 'friedman_1m_20', train: fitLinear, predict: predictLinear }),
}

function boosting(table: string, limit?: number): Training {
  return (threads) =>
    runRegression({
      table,
      ...(limit === undefined ? {} : { limit }),
      train: (matrix, target) => fitBoosted(matrix, target, threads),
      predict: predictEnsemble,
    })
}
