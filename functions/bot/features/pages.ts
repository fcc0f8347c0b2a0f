import { Composer } from 'grammy'
import type { Conversation } from '../conversation.ts'
import { pageOfEarlier } from '../show-recommendation.ts'
import { plain } from '../texts.ts'

/** Buttons that turn pages, in the message that they stand below. */
export const pages = new Composer<Conversation>()

pages.callbackQuery(/^page:(\w+):(\d{1,3})$/, async (chat) => {
  const [, id = '', page] = chat.match
  const { account } = chat
  if (!account) return void (await chat.answerCallbackQuery({ text: chat.t('link.needed', plain), show_alert: true }))
  const found = await pageOfEarlier(chat, account, id, Number(page))
  if (!found) return void (await chat.answerCallbackQuery({ text: chat.t('search.not_yet', plain), show_alert: true }))
  if (found.html === '') await chat.change(chat.t('search.nothing'))
  else await chat.change(found.html, found.buttons)
  await chat.answerCallbackQuery()
})

pages.callbackQuery('nothing', (chat) => chat.answerCallbackQuery())
