import { Composer } from 'grammy'
import { toFilmView } from '#functions/movies/film-view.ts'
import { findFilm } from '#functions/movies/find-film.ts'
import { similarFilms } from '#functions/movies/similar-films.ts'
import type { Conversation } from '../conversation.ts'
import { filmButtons, filmCards, filmsOnPage, textsOfFilm } from '../film-cards.ts'
import { asGuest, verdictsOn } from '../reading.ts'

/** Films like one: free for everybody. */
export const similar = new Composer<Conversation>()

similar.callbackQuery(/^similar:(film_[0-9a-f]{32})$/, async (chat) => {
  const [, filmId = ''] = chat.match
  const ctx = chat.account ?? asGuest(chat.system)
  const [film, films] = await Promise.all([findFilm(ctx, filmId), similarFilms(ctx, filmId, filmsOnPage)])
  const words = { t: chat.t, language: chat.person.language }
  const { title } = textsOfFilm(toFilmView(film), words.language)
  if (films.length === 0) await chat.tell(chat.t('films.none_similar', { title }))
  else {
    const html = `${chat.t('films.like', { title })}\n\n${filmCards(words, films)}`
    await chat.tell(html, filmButtons(chat.t, films, { verdicts: await verdictsOn(ctx, films) }))
  }
  await chat.answerCallbackQuery()
})
