import type { Manifest } from '#models/_runtime/manifest.ts'
import type { Predictor } from '../api/types.ts'

/** What the API checks a predictor's input by, as far as it tells it. */
export function manifestOf(predictor: Predictor): Manifest {
  const { model_name: name, title, summary, domain, task, output, features, classes, interval } = predictor
  return {
    name,
    title,
    summary,
    domain,
    task,
    output,
    features,
    ...(classes && { classes }),
    ...(interval && { interval }),
  }
}
