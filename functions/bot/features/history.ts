import { Composer, InlineKeyboard } from 'grammy'
import { readHistory } from '#functions/movies/list-recommendations.ts'
import type { Conversation } from '../conversation.ts'
import { shorten } from '../film-cards.ts'
import { pageOfEarlier } from '../show-recommendation.ts'
import { plain } from '../texts.ts'

/** `/history`: the last searches and recommendations, and each of them again, as it was: that costs nothing. */
export const history = new Composer<Conversation>()

const shown = 8

history.command('history', async (chat) => {
  const { account, t } = chat
  if (!account) return chat.tell(`${t('history.needs_link')}\n\n${t('link.hint')}`)
  const past = (await readHistory(account, { limit: shown })).slice(0, shown)
  if (past.length === 0) return chat.tell(t('history.empty'))
  const day = new Intl.DateTimeFormat(chat.person.language, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const lines = past.map(({ query, created_at, result_count }, i) => {
    const what = query === null ? t('history.personal') : t('history.query', { query: shorten(query, 80) })
    return `${i + 1}. ${what} — ${t('history.found', { count: result_count })}, ${day.format(new Date(created_at))}`
  })
  const buttons = new InlineKeyboard()
  for (const [i, { id }] of past.entries()) {
    buttons.text(`↻ ${i + 1}`, `again:${id}`)
    if (i % 4 === 3) buttons.row()
  }
  await chat.tell(`${t('history.title')}\n\n${lines.join('\n')}`, buttons)
})

history.callbackQuery(/^again:(\w+)$/, async (chat) => {
  const [, id = ''] = chat.match
  const found = chat.account && (await pageOfEarlier(chat, chat.account, id, 0))
  if (!found || found.html === '')
    return void (await chat.answerCallbackQuery({ text: chat.t('history.gone', plain), show_alert: true }))
  await chat.tell(found.html, found.buttons)
  await chat.answerCallbackQuery()
})
