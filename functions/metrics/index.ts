import { createApp } from '#shared/app.ts'
import { scrapers } from './callers.ts'
import { registerDeleteDeadLetter } from './delete-dead-letter.ts'
import { metricsEnv } from './env.ts'
import { registerGetHealth } from './get-health.ts'
import { registerGetMetrics } from './get-metrics.ts'
import { registerListDeadLetters } from './list-dead-letters.ts'
import { registerListOperations } from './list-operations.ts'
import { registerRetryDeadLetter } from './retry-dead-letter.ts'
import { createMetricsServices } from './services.ts'

const app = createApp({ name: 'metrics', env: metricsEnv, services: createMetricsServices, callers: scrapers })

registerGetHealth(app)
registerGetMetrics(app)
registerListOperations(app)
registerListDeadLetters(app)
registerRetryDeadLetter(app)
registerDeleteDeadLetter(app)

/** How the service is doing, and what the queue gave up. */
export default app
