import { Composer } from 'grammy'
import type { Conversation } from '../conversation.ts'
import { filmButtons, filmCards, filmsOnPage } from '../film-cards.ts'
import { asGuest, popularFilms, verdictsOn } from '../reading.ts'

/** `/popular`: what most people like, free for everybody. */
export const popular = new Composer<Conversation>()

popular.command('popular', async (chat) => {
  const films = await popularFilms(chat.system, filmsOnPage)
  if (films.length === 0) return chat.tell(chat.t('films.none'))
  const verdicts = await verdictsOn(chat.account ?? asGuest(chat.system), films)
  const words = { t: chat.t, language: chat.person.language }
  const html = `${chat.t('films.popular')}\n\n${filmCards(words, films)}`
  await chat.tell(html, filmButtons(chat.t, films, { verdicts }))
})
