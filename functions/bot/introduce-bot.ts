import { parseEnv } from '#shared/env.ts'
import { commands } from './commands.ts'
import { botEnv } from './env.ts'
import { createTelegram } from './services.ts'
import { languages, plain, textsIn } from './texts.ts'
import { updateKinds } from './update.ts'

/** As the function's own settings call them. */
const Settings = botEnv.pick({
  PUBLIC_URL: true,
  TELEGRAM_BOT_TOKEN: true,
  TELEGRAM_WEBHOOK_SECRET: true,
  TELEGRAM_API_ROOT: true,
})

export const webhookPath = '/bot/telegram'

/**
 * Tells Telegram where the bot is called, with which secret, and which commands it knows, in every language.
 *
 * @param settings among others, those that the function has
 */
export async function introduceBot(settings: Readonly<Record<string, string | undefined>>): Promise<void> {
  const env = parseEnv(Settings, settings)
  const telegram = createTelegram(env)
  await telegram.setWebhook(env.PUBLIC_URL + webhookPath, {
    secret_token: env.TELEGRAM_WEBHOOK_SECRET,
    allowed_updates: updateKinds,
  })
  await telegram.setMyCommands(commandsIn('en'))
  for (const language of languages) await telegram.setMyCommands(commandsIn(language), { language_code: language })
}

function commandsIn(language: (typeof languages)[number]) {
  const t = textsIn(language)
  return commands.map((command) => ({ command, description: t(`commands.${command}`, plain) }))
}
