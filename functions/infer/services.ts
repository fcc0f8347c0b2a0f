import { createEncoders, type Encoders } from '#functions/encode/encoders.ts'
import { measuredEncoders } from '#functions/encode/measured-encoders.ts'
import type { ModelRuntime } from '#models/_runtime/model-runtime.ts'
import type { App } from '#shared/app.ts'
import type { Clock } from '#shared/clock.ts'
import type { Metrics } from '#shared/metrics.ts'
import { type CallbackSettings, createQueue, type Queue } from '#shared/queue.ts'
import type { InferEnv } from './env.ts'
import { createVersionLoader, type VersionLoader } from './load-version.ts'

export interface InferServices {
  queue: Queue
  callbacks: CallbackSettings
  models: ModelRuntime
  versions: VersionLoader
  encoders: Encoders
  /** Whether webhooks may go to private addresses: on a developer's machine they must, elsewhere they may not. */
  allowPrivateWebhooks: boolean
}

export type InferApp = App<InferServices>

export function createInferServices(models: ModelRuntime) {
  return (env: InferEnv, isolate: { clock: Clock; metrics: Metrics }): InferServices => ({
    queue: createQueue(env),
    callbacks: env,
    models,
    versions: createVersionLoader(),
    encoders: measuredEncoders(createEncoders(env.ENCODE), isolate),
    allowPrivateWebhooks: env.ENVIRONMENT === 'local',
  })
}
