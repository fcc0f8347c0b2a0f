import { Composer } from 'grammy'
import type { Conversation } from './conversation.ts'
import { language } from './features/language.ts'
import { start } from './features/start.ts'

/** Everything that the bot can do, each feature a file. The first that an update is meant for has it. */
const bot = new Composer<Conversation>()
bot.use(start, language)

export const answers = bot.middleware()
