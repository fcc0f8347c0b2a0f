import { createApp } from '#shared/app.ts'
import { registerCancelPrediction } from './cancel-prediction.ts'
import { predictEnv } from './env.ts'
import { registerGetPrediction } from './get-prediction.ts'
import { registerListPredictions } from './list-predictions.ts'
import { registerListPredictors } from './list-predictors.ts'
import { registerQuotePrediction } from './quote-prediction.ts'
import { createPredictServices } from './services.ts'
import { registerSubmitPrediction } from './submit-prediction.ts'

/** Predictors, and the jobs that people have them do. */
const app = createApp({ name: 'predict', env: predictEnv, services: createPredictServices })

registerListPredictors(app)
registerQuotePrediction(app)
registerSubmitPrediction(app)
registerListPredictions(app)
registerGetPrediction(app)
registerCancelPrediction(app)

export default app
