import { z } from '@hono/zod-openapi'
import { baseEnv, callbackEnv, optionalUrl, queueEnv, redisEnv } from '#shared/env.ts'
import { serviceBinding } from '#shared/service-binding.ts'

export const botEnv = baseEnv.extend({
  ...redisEnv,
  ...queueEnv,
  ...callbackEnv,
  ENCODE: serviceBinding,
  TELEGRAM_BOT_TOKEN: z.string().min(1),
  /** Sent by Telegram with every update: what comes without it is refused. */
  TELEGRAM_WEBHOOK_SECRET: z.string().regex(/^[\w-]{16,256}$/),
  /** Where the Bot API is instead of Telegram's own host: the double of a local start. */
  TELEGRAM_API_ROOT: optionalUrl,
})
