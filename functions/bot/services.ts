import { Api } from 'grammy'
import type { UserFromGetMe } from 'grammy/types'
import { createMoviesServices, type MoviesServices } from '#functions/movies/services.ts'
import type { App } from '#shared/app.ts'
import type { Clock } from '#shared/clock.ts'
import type { Context } from '#shared/context.ts'
import type { Metrics } from '#shared/metrics.ts'
import { botInfoOf } from './bot-info.ts'
import type { BotEnv } from './env.ts'

/** What the verbs of films need, and what a chat needs. */
export interface BotServices extends MoviesServices {
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
    ...createMoviesServices(env, isolate),
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
