import type { z } from '@hono/zod-openapi'
import type { App } from '#shared/app.ts'
import type { Clock } from '#shared/clock.ts'
import { createQueue, type Queue } from '#shared/queue.ts'
import { createRateLimiter, type RateLimiter } from '#shared/rate-limit.ts'
import type { predictEnv } from './env.ts'
import { createPredictorCatalogue, type PredictorCatalogue } from './predictor-catalogue.ts'

export interface PredictServices {
  queue: Queue
  limiter: RateLimiter
  catalogue: PredictorCatalogue
  /** Whether webhooks may go to private addresses: on a developer's machine they must, elsewhere they may not. */
  allowPrivateWebhooks: boolean
}

export type PredictApp = App<PredictServices>

export function createPredictServices(env: z.infer<typeof predictEnv>, { clock }: { clock: Clock }): PredictServices {
  return {
    queue: createQueue(env),
    limiter: createRateLimiter({ url: env.UPSTASH_REDIS_REST_URL, token: env.UPSTASH_REDIS_REST_TOKEN }),
    catalogue: createPredictorCatalogue(clock),
    allowPrivateWebhooks: env.ENVIRONMENT === 'local',
  }
}
