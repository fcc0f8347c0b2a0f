import { useMemo } from 'react'
import { usePredictors } from '../api/hooks.ts'
import type { Predictor } from '../api/types.ts'
import { type FeatureTexts, useFeatureTexts } from '../forms/feature-texts.ts'
import { manifestOf } from '../forms/manifest-of.ts'
import type { Value } from './job-facts.ts'

/** What the parts of a predictor are called for people. */
export interface JobTerms {
  title: string
  /** Of what it gives. */
  output: { label: string; unit: string }
  /** The names in the order of the form; of a predictor that is no longer on offer there are none. */
  features: readonly string[]
  labelOf(feature: string): string
  unitOf(feature: string): string | undefined
  /** A choice in words; other values stay. */
  wordOf(feature: string, value: Value | undefined): Value | undefined
}

export function useJobTerms(model: string): JobTerms {
  const { data: predictors } = usePredictors()
  const predictor = predictors?.find(({ model_name }) => model_name === model)
  const texts = useFeatureTexts(predictor?.domain ?? '')
  return useMemo(() => termsOf(model, predictor, texts), [model, predictor, texts])
}

/** @param predictor absent when it is no longer on offer, or not known yet */
export function termsOf(model: string, predictor: Predictor | undefined, texts: FeatureTexts): JobTerms {
  const features = new Map(predictor?.features.map((feature) => [feature.name, feature]))
  const labelOf = (name: string) => {
    const feature = features.get(name)
    return feature ? texts.label(feature) : name
  }
  const unitOf = (name: string) => {
    const feature = features.get(name)
    return feature && 'unit' in feature && feature.unit !== undefined ? texts.unit(feature.unit) : undefined
  }
  const wordOf = (name: string, value: Value | undefined) => {
    const feature = features.get(name)
    return feature?.type === 'category' && typeof value === 'string' ? texts.choice(feature, value) : value
  }
  return {
    title: predictor ? texts.title(manifestOf(predictor)) : model,
    output: predictor
      ? { label: texts.output(predictor.output), unit: texts.unit(predictor.output.unit) }
      : { label: model, unit: '' },
    features: [...features.keys()],
    labelOf,
    unitOf,
    wordOf,
  }
}
