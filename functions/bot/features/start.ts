import { Composer } from 'grammy'
import type { Conversation } from '../conversation.ts'
import { languageButtons } from './language.ts'
import { linkByCode } from './link.ts'

/** `/start`: the first words, and in which language to go on; or a link that brings a code along. */
export const start = new Composer<Conversation>()

start.command('start', async (chat) => {
  const code = /^link_(.+)$/.exec(chat.match)?.[1]
  if (code !== undefined) return linkByCode(chat, code)
  const name = chat.from?.first_name ?? ''
  await chat.tell(chat.t('start.welcome', { name }), languageButtons(chat.person.language))
})
