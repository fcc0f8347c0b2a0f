import { createApp } from '#shared/app.ts'
import { scrapers } from './callers.ts'
import { registerChangeError } from './change-error.ts'
import { registerDeleteDeadLetter } from './delete-dead-letter.ts'
import { metricsEnv } from './env.ts'
import { registerGetError } from './get-error.ts'
import { registerGetHealth } from './get-health.ts'
import { registerGetMetrics } from './get-metrics.ts'
import { registerGetUsage } from './get-usage.ts'
import { registerListDeadLetters } from './list-dead-letters.ts'
import { registerListErrors } from './list-errors.ts'
import { registerListOperations } from './list-operations.ts'
import { registerRetryDeadLetter } from './retry-dead-letter.ts'
import { createMetricsServices } from './services.ts'

const app = createApp({ name: 'metrics', env: metricsEnv, services: createMetricsServices, callers: scrapers })

registerGetHealth(app)
registerGetMetrics(app)
registerListOperations(app)
registerGetUsage(app)
registerListErrors(app)
registerGetError(app)
registerChangeError(app)
registerListDeadLetters(app)
registerRetryDeadLetter(app)
registerDeleteDeadLetter(app)

/** How the service is doing, and what the queue gave up. */
export default app
