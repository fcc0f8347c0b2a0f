import { createApp } from '#shared/app.ts'
import { scheduled } from '#shared/scheduled.ts'
import { registerCancelPrediction } from './cancel-prediction.ts'
import { registerCreateWebhook } from './create-webhook.ts'
import { registerDeleteWebhook } from './delete-webhook.ts'
import { predictEnv } from './env.ts'
import { registerGetPrediction } from './get-prediction.ts'
import { registerListPredictions } from './list-predictions.ts'
import { registerListPredictors } from './list-predictors.ts'
import { registerListWebhookDeliveries } from './list-webhook-deliveries.ts'
import { registerListWebhooks } from './list-webhooks.ts'
import { registerPricePredictor } from './price-predictor.ts'
import { registerQuotePrediction } from './quote-prediction.ts'
import { registerRedeliverWebhook } from './redeliver-webhook.ts'
import { createPredictServices } from './services.ts'
import { registerStreamPrediction } from './stream-prediction.ts'
import { registerStreamPredictions } from './stream-predictions.ts'
import { registerSubmitPrediction } from './submit-prediction.ts'
import { sweepJobs } from './sweep-jobs.ts'

const options = { name: 'predict', env: predictEnv, services: createPredictServices }
const app = createApp(options)

registerListPredictors(app)
registerPricePredictor(app)
registerQuotePrediction(app)
registerSubmitPrediction(app)
registerListPredictions(app)
// Before the job by its id, whose address would fit, too.
registerStreamPredictions(app)
registerStreamPrediction(app)
registerGetPrediction(app)
registerCancelPrediction(app)
registerCreateWebhook(app)
registerListWebhooks(app)
registerDeleteWebhook(app)
registerListWebhookDeliveries(app)
registerRedeliverWebhook(app)

/** Predictors, and the jobs that people have them do. By cron: what was lost is taken up again. */
export default {
  fetch: app.fetch,
  scheduled: scheduled(options, { sweepJobs }),
}
