import { z } from '@hono/zod-openapi'
import { baseEnv, callbackEnv, optionalUrl, queueEnv, redisEnv } from '#shared/env.ts'
import { serviceBinding } from '#shared/service-binding.ts'

export const botEnv = baseEnv.extend({
  ...redisEnv,
  ...queueEnv,
  ...callbackEnv,
  ENCODE: serviceBinding,
  /** `<id>:<secret>`, from @BotFather. */
  TELEGRAM_BOT_TOKEN: z.string().regex(/^\d{1,16}:[\w-]+$/),
  /** The bot's name without its @: without it, there are no links that open the chat. Empty means absent. */
  TELEGRAM_BOT_USERNAME: z.string().regex(/^\w*$/).optional(),
  /** Sent by Telegram with every update: what comes without it is refused. */
  TELEGRAM_WEBHOOK_SECRET: z.string().regex(/^[\w-]{16,256}$/),
  /** Where the Bot API is instead of Telegram's own host: the double of a local start. */
  TELEGRAM_API_ROOT: optionalUrl,
})

export type BotEnv = z.infer<typeof botEnv>
