import type { Job, Predictor } from '../../api/types.ts'
import type { FeatureTexts } from '../../forms/feature-texts.ts'
import { manifestOf } from '../../forms/manifest-of.ts'
import type { JobTerms } from '../../pages/jobs/job-terms.ts'

/** A job with the words of its model, in the reader's language. */
export interface Told {
  job: Job
  title: string
  terms: JobTerms
}

export function tell(job: Job, models: readonly Predictor[], texts: FeatureTexts): Told {
  const model = models.find(({ model_name }) => model_name === job.model_name)
  const features = new Map(model?.features.map((feature) => [feature.name, feature]))
  const title = model ? texts.title(manifestOf(model)) : job.model_name
  const terms: JobTerms = {
    title,
    output: {
      label: model ? texts.output(model.output) : job.model_name,
      unit: model ? texts.unit(model.output.unit) : '',
    },
    features: [...features.keys()],
    labelOf: (name) => {
      const feature = features.get(name)
      return feature ? texts.label(feature) : name
    },
    unitOf: (name) => {
      const feature = features.get(name)
      return feature && 'unit' in feature && feature.unit !== undefined ? texts.unit(feature.unit) : undefined
    },
  }
  return { job, title, terms }
}
