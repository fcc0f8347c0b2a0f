import type { z } from '@hono/zod-openapi'
import { createEncoders, type Encoders } from '#functions/encode/encoders.ts'
import { measuredEncoders } from '#functions/encode/measured-encoders.ts'
import { createPredictorCatalogue, type PredictorCatalogue } from '#functions/predict/predictor-catalogue.ts'
import type { App } from '#shared/app.ts'
import type { Clock } from '#shared/clock.ts'
import type { Metrics } from '#shared/metrics.ts'
import { type CallbackSettings, createQueue, type Queue } from '#shared/queue.ts'
import { createRateLimiter, type RateLimiter } from '#shared/rate-limit.ts'
import type { moviesEnv } from './env.ts'

export interface MoviesServices {
  queue: Queue
  callbacks: CallbackSettings
  limiter: RateLimiter
  encoders: Encoders
  predictors: PredictorCatalogue
}

export type MoviesApp = App<MoviesServices>

export function createMoviesServices(
  env: z.infer<typeof moviesEnv>,
  isolate: { clock: Clock; metrics: Metrics },
): MoviesServices {
  return {
    queue: createQueue(env),
    callbacks: env,
    limiter: createRateLimiter({ url: env.UPSTASH_REDIS_REST_URL, token: env.UPSTASH_REDIS_REST_TOKEN }),
    encoders: measuredEncoders(createEncoders(env.ENCODE), isolate),
    predictors: createPredictorCatalogue(isolate.clock),
  }
}
