import type { Predictor } from '../../api/types.ts'

/** The metrics that say something to people, the most telling first, and how each is written. */
const TELLING = {
  r2: 'share',
  accuracy: 'share',
  mae: 'output',
  mape: 'share',
  roc_auc: 'share',
  interval_coverage: 'share',
} as const

export type Metric = keyof typeof TELLING

export interface QualityLine {
  metric: Metric
  value: number
  /** A share of one, or in units of what is predicted. */
  kind: (typeof TELLING)[Metric]
}

/** What is known of how good a predictor is. */
export function qualityLines({ quality }: Pick<Predictor, 'quality'>): QualityLine[] {
  return (Object.keys(TELLING) as Metric[]).flatMap((metric) => {
    const value = quality[metric]
    return typeof value === 'number' && Number.isFinite(value) ? [{ metric, value, kind: TELLING[metric] }] : []
  })
}

export interface Standouts {
  best?: string
  cheapest?: string
}

/** Of predictors that answer the same question: which is the most exact, and which the cheapest, where that differs. */
export function standoutsOf(predictors: readonly Predictor[]): Standouts {
  const [first] = predictors
  const isSame = predictors.every(({ task, output }) => task === first?.task && output.name === first.output.name)
  if (predictors.length < 2 || !isSame) return {}
  const best = only(predictors, ({ quality }) => Number(quality.r2 ?? quality.accuracy ?? Number.NaN))
  const cheapest = only(predictors, ({ price }) => -price)
  return { ...(best && { best: best.model_name }), ...(cheapest && { cheapest: cheapest.model_name }) }
}

/** The one with the highest score, unless two share it or some have none. */
function only(predictors: readonly Predictor[], score: (predictor: Predictor) => number): Predictor | undefined {
  const highest = Math.max(...predictors.map(score))
  const winners = predictors.filter((predictor) => score(predictor) === highest)
  return winners.length === 1 ? winners[0] : undefined
}
