import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { introduceBot, webhookPath } from '#functions/bot/introduce-bot.ts'
import { createTelegram } from '#functions/bot/services.ts'
import { loadSecrets } from '#infra/local/secrets.ts'
import { stateFolder } from './lib/state-folder.ts'

const usage = `npm run bot -- <webhook|info|delete>

webhook  tell Telegram to call PUBLIC_URL${webhookPath} with a secret, and which commands the bot has
info     what Telegram knows of the bot and its webhook, and what went wrong last
delete   Telegram calls no more

TELEGRAM_BOT_TOKEN is that of @BotFather, PUBLIC_URL where Telegram reaches the system. The secret is TELEGRAM_WEBHOOK_SECRET
as the deployed function has it, else that of npm start on this machine.`

const Command = z.tuple([z.enum(['webhook', 'info', 'delete'])])
const Settings = z.object({
  TELEGRAM_BOT_TOKEN: z.string().regex(/^\d{1,16}:[\w-]+$/),
  TELEGRAM_API_ROOT: z.url().optional(),
  TELEGRAM_WEBHOOK_SECRET: z.string().optional(),
})

/** What a local start gives the bot, unless the environment says otherwise. */
const secretOfThisMachine = async () => (await loadSecrets(join(stateFolder, 'secrets.json'))).telegram.webhookSecret

async function main(): Promise<number> {
  const command = Command.safeParse(parseArgs({ allowPositionals: true }).positionals)
  if (!command.success) {
    console.error(usage)
    return 2
  }
  const settings = Settings.safeParse(process.env)
  if (!settings.success) throw new Error(`Wrong settings in the environment:\n${z.prettifyError(settings.error)}`)
  const telegram = createTelegram(settings.data)
  const { username } = await telegram.getMe()
  const [action] = command.data
  if (action === 'webhook') {
    const TELEGRAM_WEBHOOK_SECRET = settings.data.TELEGRAM_WEBHOOK_SECRET ?? (await secretOfThisMachine())
    await introduceBot({ ...process.env, TELEGRAM_WEBHOOK_SECRET })
    console.log(`Telegram calls ${process.env.PUBLIC_URL}${webhookPath} for @${username}.`)
  } else if (action === 'delete') {
    await telegram.deleteWebhook()
    console.log(`Telegram calls nobody for @${username}. What people say is kept there for a day.`)
  } else {
    const { url, pending_update_count, last_error_message } = await telegram.getWebhookInfo()
    console.log(`@${username} at ${url || 'no address'}, ${pending_update_count} updates waiting`)
    if (last_error_message) console.log(`Last error: ${last_error_message}`)
  }
  return 0
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return 1
})
