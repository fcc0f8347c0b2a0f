import { Composer, InlineKeyboard } from 'grammy'
import type { Conversation } from '../conversation.ts'
import { redeemLinkCode } from '../redeem-link-code.ts'
import { unlinkPerson } from '../unlink.ts'

/** `/link CODE` and `/unlink`: whose wallet and history somebody in Telegram uses. */
export const link = new Composer<Conversation>()

/** Right or wrong: codes cannot be guessed. */
const attempts = { limit: 5, windowMs: 600_000 }

link.command('link', async (chat) => {
  if (chat.match.trim() !== '') return linkByCode(chat, chat.match)
  await chat.tell(chat.t('link.how', { url: chat.system.publicUrl }), consoleButton(chat))
})

link.command('unlink', async (chat) => {
  await unlinkPerson(chat.system, chat.person.telegramId)
  await chat.tell(chat.t('link.unlinked'))
})

export async function linkByCode(chat: Conversation, code: string): Promise<void> {
  const { system, person, t } = chat
  const { allowed } = await system.limiter.limit('link_attempts', String(person.telegramId), attempts)
  if (!allowed) return chat.tell(t('link.too_many'))
  const email = await redeemLinkCode(system, person.telegramId, code)
  system.log('info', 'telegram_link', { telegram_id: person.telegramId, linked: email !== undefined })
  await chat.tell(email === undefined ? t('link.wrong') : t('link.linked', { email }))
}

/** Opens the console; Telegram takes no buttons to this very machine. */
export function consoleButton({ system, t }: Pick<Conversation, 'system' | 't'>): InlineKeyboard | undefined {
  const url = `${system.publicUrl}/console`
  return url.startsWith('https://') ? new InlineKeyboard().url(t('link.open_console'), url) : undefined
}
