import { Api } from 'grammy'
import type { UserFromGetMe } from 'grammy/types'
import { createEncoders, type Encoders } from '#functions/encode/encoders.ts'
import type { App } from '#shared/app.ts'
import type { Context } from '#shared/context.ts'
import { type CallbackSettings, createQueue, type Queue } from '#shared/queue.ts'
import { createRateLimiter, type RateLimiter } from '#shared/rate-limit.ts'
import { botInfoOf } from './bot-info.ts'
import type { BotEnv } from './env.ts'

export interface BotServices {
  queue: Queue
  callbacks: CallbackSettings
  limiter: RateLimiter
  encoders: Encoders
  /** Telegram's Bot API. */
  telegram: Api
  botInfo: UserFromGetMe
  webhookSecret: string
  /** Where the console is, for what a chat cannot do. */
  publicUrl: string
}

export type BotApp = App<BotServices>
export type BotSystem = Context & BotServices

/** Nobody waits longer for Telegram: the queue comes again. */
const timeoutSeconds = 10

export function createBotServices(env: BotEnv): BotServices {
  return {
    queue: createQueue(env),
    callbacks: env,
    limiter: createRateLimiter({ url: env.UPSTASH_REDIS_REST_URL, token: env.UPSTASH_REDIS_REST_TOKEN }),
    encoders: createEncoders(env.ENCODE),
    telegram: createTelegram(env),
    botInfo: botInfoOf(env),
    webhookSecret: env.TELEGRAM_WEBHOOK_SECRET,
    publicUrl: env.PUBLIC_URL,
  }
}

/** A client of the Bot API: Telegram's own, or its double's. */
export function createTelegram(env: Pick<BotEnv, 'TELEGRAM_BOT_TOKEN' | 'TELEGRAM_API_ROOT'>): Api {
  return new Api(env.TELEGRAM_BOT_TOKEN, {
    timeoutSeconds,
    ...(env.TELEGRAM_API_ROOT && { apiRoot: env.TELEGRAM_API_ROOT }),
  })
}
