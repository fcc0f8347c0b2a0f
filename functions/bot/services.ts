import { Api } from 'grammy'
import type { UserFromGetMe } from 'grammy/types'
import { createEncoders, type Encoders } from '#functions/encode/encoders.ts'
import { measuredEncoders } from '#functions/encode/measured-encoders.ts'
import { createPredictorCatalogue, type PredictorCatalogue } from '#functions/predict/predictor-catalogue.ts'
import type { App } from '#shared/app.ts'
import type { Clock } from '#shared/clock.ts'
import type { Context } from '#shared/context.ts'
import type { Metrics } from '#shared/metrics.ts'
import { type CallbackSettings, createQueue, type Queue } from '#shared/queue.ts'
import { createRateLimiter, type RateLimiter } from '#shared/rate-limit.ts'
import { botInfoOf } from './bot-info.ts'
import type { BotEnv } from './env.ts'

export interface BotServices {
  queue: Queue
  callbacks: CallbackSettings
  limiter: RateLimiter
  encoders: Encoders
  predictors: PredictorCatalogue
  /** Telegram's Bot API. */
  telegram: Api
  botInfo: UserFromGetMe
  webhookSecret: string
  /** Where the console is, for what a chat cannot do. */
  publicUrl: string
  /** Where the chat with the bot is; null where the bot has no name. */
  chatUrl: string | null
}

export type BotApp = App<BotServices>
export type BotSystem = Context & BotServices

/** Nobody waits longer for Telegram: the queue comes again. */
const timeoutSeconds = 10

export function createBotServices(env: BotEnv, isolate: { clock: Clock; metrics: Metrics }): BotServices {
  return {
    queue: createQueue(env),
    callbacks: env,
    limiter: createRateLimiter({ url: env.UPSTASH_REDIS_REST_URL, token: env.UPSTASH_REDIS_REST_TOKEN }),
    encoders: measuredEncoders(createEncoders(env.ENCODE), isolate),
    predictors: createPredictorCatalogue(isolate.clock),
    telegram: createTelegram(env),
    botInfo: botInfoOf(env),
    webhookSecret: env.TELEGRAM_WEBHOOK_SECRET,
    publicUrl: env.PUBLIC_URL,
    chatUrl: chatUrlOf(env),
  }
}

/** The double has its chat where it has its API. */
function chatUrlOf({ ENVIRONMENT, TELEGRAM_API_ROOT, TELEGRAM_BOT_USERNAME }: BotEnv): string | null {
  if (ENVIRONMENT === 'local' && TELEGRAM_API_ROOT) return `${TELEGRAM_API_ROOT}/`
  return TELEGRAM_BOT_USERNAME ? `https://t.me/${TELEGRAM_BOT_USERNAME}` : null
}

/** A client of the Bot API: Telegram's own, or its double's. */
export function createTelegram(env: Pick<BotEnv, 'TELEGRAM_BOT_TOKEN' | 'TELEGRAM_API_ROOT'>): Api {
  return new Api(env.TELEGRAM_BOT_TOKEN, {
    timeoutSeconds,
    ...(env.TELEGRAM_API_ROOT && { apiRoot: env.TELEGRAM_API_ROOT }),
  })
}
