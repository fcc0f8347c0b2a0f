import { InlineKeyboard } from 'grammy'
import type { FilmView } from '#functions/movies/film-view.ts'
import type { RankedFilm } from '#functions/movies/ranked-film.ts'
import { escapeHtml, genreIn, type Language, plain, type Texts } from './texts.ts'

export const filmsOnPage = 5

/** A film as it is shown: one that was found says why. */
export type ShownFilm = FilmView & Partial<Pick<RankedFilm, 'score' | 'why'>>

export interface Words {
  language: Language
  t: Texts
}

/** Telegram takes 4096 characters, and there are words around the films. */
const maximumLength = 3_500
/** Of descriptions: the longest that lets all films fit a message is taken. */
const descriptionLengths = [240, 160, 80, 0]
const longestTitle = 120
const longestTerm = 40

/** Films one below the other, the first with this number. */
export function filmCards(words: Words, films: readonly ShownFilm[], firstNumber = 1): string {
  const cards = (length: number) =>
    films.map((film, i) => filmCard(words, film, { number: firstNumber + i, length })).join('\n\n')
  const fitting = descriptionLengths.find((length) => visibleLength(cards(length)) <= maximumLength)
  return cards(fitting ?? 0)
}

/** Marks do not count, and an escaped character counts as one. */
function visibleLength(html: string): number {
  return html.replaceAll(/<[^>]*>/g, '').replaceAll(/&\w+;/g, '.').length
}

export function filmCard(
  words: Words,
  film: ShownFilm,
  { number, length = descriptionLengths[0] ?? 0 }: CardOptions,
): string {
  const { language, t } = words
  const { title, description } = textsOfFilm(film, language)
  const place = number === undefined ? '' : `${number}. `
  const genres = film.genres.slice(0, 4).map((genre) => escapeHtml(shorten(genreIn(language, genre), longestTerm)))
  const lines = [
    `${place}<b>${escapeHtml(shorten(title, longestTitle))}</b> (${film.year})`,
    `<i>${genres.join(', ')}</i>`,
    escapeHtml(shorten(description, length)),
    ...(film.why ? [`💡 ${whyIn(t, film.why)}${film.score === undefined ? '' : ` · ${percent(film.score)}`}`] : []),
  ]
  return lines.filter((line) => line !== '' && line !== '<i></i>').join('\n')
}

interface CardOptions {
  number?: number
  length?: number
}

/** In the person's language where the film has it. */
export function textsOfFilm(film: FilmView, language: Language): { title: string; description: string } {
  return language === 'ru'
    ? { title: film.title_ru ?? film.title, description: film.description_ru ?? film.description }
    : { title: film.title, description: film.description }
}

function whyIn(t: Texts, { kind, terms = [] }: RankedFilm['why']): string {
  const shown = terms.slice(0, 4).map((term) => shorten(term, longestTerm))
  return shown.length > 0 ? t(`why.${kind}_terms`, { terms: shown.join(', ') }) : t(`why.${kind}`)
}

const percent = (score: number) => `${Math.round(score * 100)} %`

/** Cut at a word where one ends near, by whole characters; in less than a few there is nothing to say. */
export function shorten(text: string, length: number): string {
  const characters = [...text]
  if (characters.length <= length) return text
  if (length < 20) return ''
  const cut = characters.slice(0, length - 1).join('')
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), cut.length - 30)).trimEnd()}…`
}

type Verdicts = ReadonlyMap<string, 'like' | 'dislike'>

/** Likes, dislikes and what is similar, a row for each film. */
export function filmButtons(
  t: Texts,
  films: readonly { id: string }[],
  { verdicts, firstNumber = 1 }: { verdicts: Verdicts; firstNumber?: number },
): InlineKeyboard {
  const keyboard = new InlineKeyboard()
  for (const [i, { id }] of films.entries()) {
    const number = firstNumber + i
    for (const button of verdictButtons(number, id, verdicts.get(id))) keyboard.text(button.text, button.callback_data)
    keyboard.text(t('films.similar', plain), `similar:${id}`).row()
  }
  return keyboard
}

/** What is so already can be taken back. */
export function verdictButtons(number: number, filmId: string, verdict: 'like' | 'dislike' | undefined) {
  const button = (sign: string, name: 'like' | 'dislike') => ({
    text: `${number} ${sign}${verdict === name ? ' ✓' : ''}`,
    callback_data: `${verdict === name ? 'none' : name}:${filmId}`,
  })
  return [button('👍', 'like'), button('👎', 'dislike')] as const
}

/** Back and forth through the pages of a recommendation. */
export function pageButtons(keyboard: InlineKeyboard, id: string, page: number, pageCount: number): InlineKeyboard {
  if (pageCount < 2) return keyboard
  if (page > 0) keyboard.text('◀', `page:${id}:${page - 1}`)
  keyboard.text(`${page + 1} / ${pageCount}`, 'nothing')
  if (page + 1 < pageCount) keyboard.text('▶', `page:${id}:${page + 1}`)
  return keyboard
}
