import { Composer } from 'grammy'
import { recommendPersonally } from '#functions/movies/recommend-personally.ts'
import type { Conversation } from '../conversation.ts'
import { pageOfFilms } from '../show-recommendation.ts'

/** `/foryou`: films by what somebody likes and has looked for. */
export const forYou = new Composer<Conversation>()

const filmsToFind = 15

forYou.command('foryou', async (chat) => {
  const { account } = chat
  if (!account) return chat.tell(`${chat.t('foryou.needs_link')}\n\n${chat.t('link.hint')}`)
  await chat.replyWithChatAction('typing')
  const { predictionId: id, films } = await recommendPersonally(account, filmsToFind)
  if (films.length === 0) return chat.tell(chat.t('films.none'))
  const { html, buttons } = await pageOfFilms(chat, account, { id, films, page: 0 })
  await chat.tell(html, buttons)
})
