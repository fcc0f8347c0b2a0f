import { Composer, InlineKeyboard } from 'grammy'
import { toFilmView } from '#functions/movies/film-view.ts'
import { findTitles } from '#functions/movies/find-titles.ts'
import { recommend } from '#functions/movies/recommend.ts'
import { longestQuery } from '#models/movies/manifest.ts'
import type { UserContext } from '#shared/context.ts'
import { idempotencyOf } from '#shared/idempotency.ts'
import type { Conversation } from '../conversation.ts'
import { filmButtons, filmCards, filmsOnPage } from '../film-cards.ts'
import { asGuest } from '../reading.ts'
import type { BotSystem } from '../services.ts'
import { pageOfFilms } from '../show-recommendation.ts'

/** Whatever is no command is a query: paid and by meaning for who has an account, free and by title for others. */
export const search = new Composer<Conversation>()

const filmsToFind = 20
const everything = { genres: [], yearFrom: null, yearTo: null }

search.command('search', (chat) => find(chat, chat.match))
search.on('message:text', (chat, next) => (chat.message.text.startsWith('/') ? next() : find(chat, chat.message.text)))

async function find(chat: Conversation, text: string): Promise<void> {
  const query = text.trim()
  if (query === '') return chat.tell(chat.t('search.how'))
  if (query.length > longestQuery) return chat.tell(chat.t('search.too_long', { limit: longestQuery }))
  const { account } = chat
  await (account ? findByMeaning(chat, account, query) : findByTitle(chat, query))
}

/** The update names the search, so that however often it is delivered, it is paid once. */
async function findByMeaning(chat: Conversation, ctx: BotSystem & UserContext, query: string): Promise<void> {
  await chat.replyWithChatAction('typing')
  const key = `telegram-${chat.me.id}-${chat.update.update_id}`
  const idempotency = idempotencyOf(key, 'bot', [query])
  const answer = await recommend(ctx, { query, limit: filmsToFind, scope: everything, idempotency })
  if (answer.kind === 'queued') {
    const later = new InlineKeyboard().text(chat.t('search.show'), `page:${answer.jobId}:0`)
    return chat.tell(chat.t('search.later'), later)
  }
  if (answer.films.length === 0) return chat.tell(chat.t('search.nothing'))
  const { html, buttons } = await pageOfFilms(chat, ctx, { id: answer.predictionId, films: answer.films, page: 0 })
  await chat.tell(`${html}\n\n${chat.t('search.cost', { count: answer.cost })}`, buttons)
}

async function findByTitle(chat: Conversation, query: string): Promise<void> {
  const films = (await findTitles(asGuest(chat.system), query.slice(0, 200), filmsOnPage)).map(toFilmView)
  const hint = chat.t('link.hint')
  if (films.length === 0) return chat.tell(`${chat.t('search.no_title')}\n\n${hint}`)
  const words = { t: chat.t, language: chat.person.language }
  const html = `${chat.t('search.titles')}\n\n${filmCards(words, films)}\n\n${hint}`
  await chat.tell(html, filmButtons(chat.t, films, { verdicts: new Map() }))
}
