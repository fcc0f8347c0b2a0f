import type { RankedFilm } from '#functions/movies/ranked-film.ts'
import { readRecommendation } from '#functions/movies/read-recommendation.ts'
import type { UserContext } from '#shared/context.ts'
import type { Conversation } from './conversation.ts'
import { filmButtons, filmCards, filmsOnPage, pageButtons } from './film-cards.ts'
import { verdictsOn } from './reading.ts'

interface Page {
  /** Of the recommendation: its films are kept with it, not in the buttons. */
  id: string
  films: readonly RankedFilm[]
  page: number
}

/** A page of a recommendation, as text and buttons. */
export async function pageOfFilms(chat: Conversation, ctx: UserContext, { id, films, page }: Page) {
  const pageCount = Math.ceil(films.length / filmsOnPage)
  const at = Math.min(Math.max(page, 0), Math.max(pageCount - 1, 0))
  const first = at * filmsOnPage
  const shown = films.slice(first, first + filmsOnPage)
  const verdicts = await verdictsOn(ctx, shown)
  const words = { t: chat.t, language: chat.person.language }
  const buttons = filmButtons(chat.t, shown, { verdicts, firstNumber: first + 1 })
  return { html: filmCards(words, shown, first + 1), buttons: pageButtons(buttons, id, at, pageCount) }
}

/** The same for one that was answered before, or undefined when it is not there, or not yet. */
export async function pageOfEarlier(chat: Conversation, ctx: UserContext, id: string, page: number) {
  const earlier = await readRecommendation(ctx, id)
  return earlier && pageOfFilms(chat, ctx, { id, films: earlier.films, page })
}
