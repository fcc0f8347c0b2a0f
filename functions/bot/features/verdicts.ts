import { Composer, InlineKeyboard } from 'grammy'
import type { InlineKeyboardButton } from 'grammy/types'
import { setVerdict, type Verdict } from '#functions/movies/set-verdict.ts'
import { type Conversation, unlessUnchanged } from '../conversation.ts'
import { verdictButtons } from '../film-cards.ts'
import { plain } from '../texts.ts'

/** Likes and dislikes. A button says what is to be so, not to change what is: pressed twice, it is so all the same. */
export const verdicts = new Composer<Conversation>()

verdicts.callbackQuery(/^(like|dislike|none):(film_[0-9a-f]{32})$/, async (chat) => {
  const [, , filmId = ''] = chat.match
  const verdict = chat.match[1] as Verdict
  const { account } = chat
  if (!account) return void (await chat.answerCallbackQuery({ text: chat.t('link.needed', plain), show_alert: true }))
  await setVerdict(account, filmId, verdict)
  await redraw(chat, filmId, verdict)
  await chat.answerCallbackQuery(chat.t(`verdict.${verdict}`, plain))
})

/** The buttons of this film anew, all others as they were. */
async function redraw(chat: Conversation, filmId: string, verdict: Verdict): Promise<void> {
  const rows = chat.callbackQuery?.message?.reply_markup?.inline_keyboard
  if (!rows) return
  const buttons = rows.map((row) => (isOf(row, filmId) ? changed(row, filmId, verdict) : row))
  await chat.editMessageReplyMarkup({ reply_markup: new InlineKeyboard(buttons) }).catch(unlessUnchanged)
}

const isOf = (row: readonly InlineKeyboardButton[], filmId: string) =>
  row.some(
    (button) =>
      'callback_data' in button &&
      /^(like|dislike|none):/.test(button.callback_data) &&
      button.callback_data.endsWith(filmId),
  )

function changed(row: readonly InlineKeyboardButton[], filmId: string, verdict: Verdict): InlineKeyboardButton[] {
  const number = Number.parseInt(row[0]?.text ?? '', 10)
  return [...verdictButtons(number, filmId, verdict === 'none' ? undefined : verdict), ...row.slice(2)]
}
