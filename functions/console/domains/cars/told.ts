import type { Job, Predictor } from '../../api/types.ts'
import type { FeatureTexts } from '../../forms/feature-texts.ts'
import { type JobTerms, termsOf } from '../../parts/job-terms.ts'

/** A job with the words of its model, in the reader's language. */
export interface Told {
  job: Job
  title: string
  terms: JobTerms
}

export function tell(job: Job, models: readonly Predictor[], texts: FeatureTexts): Told {
  const model = models.find(({ model_name }) => model_name === job.model_name)
  const terms = termsOf(job.model_name, model, texts)
  return { job, title: terms.title, terms }
}
