import { Composer } from 'grammy'
import type { Conversation } from '../conversation.ts'
import { languageButtons } from './language.ts'

/** `/start`: the first words, and in which language to go on. */
export const start = new Composer<Conversation>()

start.command('start', async (chat) => {
  await chat.tell(chat.t('start.welcome', { name: chat.from?.first_name ?? '' }), languageButtons(chat))
})
