import type { Predictor } from '../../api/types.ts'

/** What to do next: money first, then a first prediction; who knows the way is left alone. */
export type NextStep = 'top_up' | 'top_up_low' | 'try' | 'none'

interface State {
  balance: number
  predictors: readonly Pick<Predictor, 'price'>[]
  hasJobs: boolean
}

export function nextStep({ balance, predictors, hasJobs }: State): NextStep {
  if (balance === 0) return 'top_up'
  if (predictors.length > 0 && predictors.every(({ price }) => price > balance)) return 'top_up_low'
  return hasJobs || predictors.length === 0 ? 'none' : 'try'
}

const SHOWN = 3

/** The easiest to try. */
export function cheapest<Offer extends Pick<Predictor, 'price' | 'title'>>(predictors: readonly Offer[]): Offer[] {
  return predictors.toSorted((a, b) => a.price - b.price || a.title.localeCompare(b.title)).slice(0, SHOWN)
}
