import { createApp, createSystemContext, type Execution } from '#shared/app.ts'
import { registerCancelPrediction } from './cancel-prediction.ts'
import { predictEnv } from './env.ts'
import { registerGetPrediction } from './get-prediction.ts'
import { registerListPredictions } from './list-predictions.ts'
import { registerListPredictors } from './list-predictors.ts'
import { registerQuotePrediction } from './quote-prediction.ts'
import { createPredictServices } from './services.ts'
import { registerSubmitPrediction } from './submit-prediction.ts'
import { sweepJobs } from './sweep-jobs.ts'

const options = { name: 'predict', env: predictEnv, services: createPredictServices }
const app = createApp(options)

registerListPredictors(app)
registerQuotePrediction(app)
registerSubmitPrediction(app)
registerListPredictions(app)
registerGetPrediction(app)
registerCancelPrediction(app)

/** Predictors, and the jobs that people have them do. By cron: what was lost is taken up again. */
export default {
  fetch: app.fetch,
  async scheduled(_event: unknown, bindings: object, execution: Execution) {
    await sweepJobs(createSystemContext(options, bindings, execution))
  },
}
