import type { ModelRuntime } from '#models/_runtime/model-runtime.ts'
import { createApp } from '#shared/app.ts'
import { signedByQueue } from '#shared/queue.ts'
import { registerDeliverWebhook } from './deliver-webhook.ts'
import { inferEnv } from './env.ts'
import { registerRunJob } from './run-job.ts'
import { createInferServices } from './services.ts'

/**
 * What the queue calls: jobs and webhook messages.
 *
 * @param models the runtime that suits the platform: in a Worker and in Node, WASM is loaded in different ways
 */
export function createInferApp(models: ModelRuntime) {
  const app = createApp({ name: 'infer', env: inferEnv, services: createInferServices(models) })
  // For all routes at once, so that none can forget it.
  app.use('/infer/*', signedByQueue)
  registerRunJob(app)
  registerDeliverWebhook(app)
  return app
}
