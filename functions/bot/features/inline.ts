import { Composer, InlineQueryResultBuilder } from 'grammy'
import { toFilmView } from '#functions/movies/film-view.ts'
import { findTitles } from '#functions/movies/find-titles.ts'
import type { Conversation } from '../conversation.ts'
import { filmCard, shorten, textsOfFilm } from '../film-cards.ts'
import { asGuest, popularFilms } from '../reading.ts'
import { genreIn } from '../texts.ts'

/** The bot's name and a title, in any chat: films by title, or popular ones, free for everybody. */
export const inline = new Composer<Conversation>()

const resultCount = 12
const cacheSeconds = 60

inline.on('inline_query', async (chat) => {
  const query = chat.inlineQuery.query.trim()
  const films =
    query === ''
      ? await popularFilms(chat.system, resultCount)
      : (await findTitles(asGuest(chat.system), query, resultCount)).map(toFilmView)
  const words = { t: chat.t, language: chat.person.language }
  const results = films.map((film) => {
    const { title } = textsOfFilm(film, words.language)
    const genres = film.genres.slice(0, 3).map((genre) => genreIn(words.language, genre))
    return InlineQueryResultBuilder.article(film.id, `${shorten(title, 100)} (${film.year})`, {
      description: genres.join(', '),
    }).text(filmCard(words, film, {}), { parse_mode: 'HTML' })
  })
  // Titles are in the language of who asks.
  await chat.answerInlineQuery(results, { cache_time: cacheSeconds, is_personal: true })
})
