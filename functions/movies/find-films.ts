import type { Encoders } from '#functions/encode/encoders.ts'
import { reads } from '#models/_encoders/manifest.ts'
import { gloss, languageOf } from '#models/movies/gloss.ts'
import { rank } from '#models/movies/rank.ts'
import { readQuery } from '#models/movies/read-query.ts'
import type { Context } from '#shared/context.ts'
import type { FilmScope } from './film-filters.ts'
import { FilmRow } from './film-view.ts'
import { findByWords } from './find-by-words.ts'
import { type RankedFilm, toRankedFilm } from './ranked-film.ts'
import { readCandidates } from './read-candidates.ts'
import { measuredSearch, timedPart } from './search-measures.ts'
import { servingEncoder } from './serving-encoder.ts'

export interface FilmQuery {
  query: string
  scope: FilmScope
  limit: number
}

export interface Found {
  encoderId: string
  queryVector: number[]
  films: RankedFilm[]
}

type Searching = Pick<Context, 'db' | 'clock' | 'metrics'> & { encoders: Encoders }

/**
 * Finds films by what a query says: by meaning, and by words where they decide.
 *
 * @throws Problem `unavailable` when the encoder gives no answer
 */
export function findFilms(ctx: Searching, query: FilmQuery): Promise<Found> {
  return measuredSearch(ctx, 'query', () => find(ctx, query))
}

async function find(ctx: Searching, { query: text, scope, limit }: FilmQuery): Promise<Found> {
  const encoder = await servingEncoder(ctx)
  const readable = languageOf(text) === 'ru' && !reads(encoder, 'ru') ? gloss(text) || text : text
  const wording = { text, query: readQuery(text), scope }
  const [byWords, [queryVector = []]] = await Promise.all([
    timedPart(ctx, 'query', 'words', () => findByWords(ctx.db, wording)),
    timedPart(ctx, 'query', 'encode', () => ctx.encoders.encode(encoder.id, [{ text: readable, purpose: 'query' }])),
  ])
  const candidates = await timedPart(ctx, 'query', 'find', () =>
    readCandidates(ctx.db, { ...wording, encoder, queryVector, byWords, limit }),
  )
  const ranked = rank(candidates, wording.query, byWords.frequencies, limit)
  return {
    encoderId: encoder.id,
    queryVector,
    films: ranked.map(({ film, ...place }) => toRankedFilm(FilmRow.parse(film.row), place)),
  }
}
