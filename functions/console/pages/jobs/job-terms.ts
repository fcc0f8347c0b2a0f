import { usePredictors } from '../../api/hooks.ts'
import type { Predictor } from '../../api/types.ts'

/** What the parts of a predictor are called for people. */
export interface JobTerms {
  title: string
  /** Of what it gives. */
  output: { label: string; unit: string }
  /** The names in the order of the form; of a predictor that is no longer on offer there are none. */
  features: readonly string[]
  labelOf(feature: string): string
  unitOf(feature: string): string | undefined
}

export function useJobTerms(model: string): JobTerms {
  const { data: predictors = [] } = usePredictors()
  return termsOf(
    model,
    predictors.find(({ model_name }) => model_name === model),
  )
}

function termsOf(model: string, predictor: Predictor | undefined): JobTerms {
  const features = new Map(predictor?.features.map((feature) => [feature.name, feature]))
  return {
    title: predictor?.title ?? model,
    output: predictor?.output ?? { label: model, unit: '' },
    features: [...features.keys()],
    labelOf: (name) => features.get(name)?.label ?? name,
    unitOf: (name) => {
      const feature = features.get(name)
      return feature && 'unit' in feature ? feature.unit : undefined
    },
  }
}
