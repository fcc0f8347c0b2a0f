import { Composer } from 'grammy'
import { commands } from '../commands.ts'
import type { Conversation } from '../conversation.ts'

/** `/help`: every command with what it does. */
export const help = new Composer<Conversation>()

help.command('help', async (chat) => {
  const lines = commands.map((command) => `/${command} — ${chat.t(`commands.${command}`)}`)
  const name = chat.me.username
  const inline = name === '' ? [] : ['', chat.t('help.inline', { name })]
  await chat.tell([chat.t('help.search'), '', ...lines, ...inline].join('\n'))
})
