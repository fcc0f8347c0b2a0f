import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Encoders } from '#functions/encode/encoders.ts'
import { type EncoderDescription, reads } from '#models/_encoders/manifest.ts'
import { gloss, languageOf } from '#models/movies/gloss.ts'
import { rank } from '#models/movies/rank.ts'
import type { Context } from '#shared/context.ts'
import { type FilmScope, isWithin } from './film-filters.ts'
import { FilmRow, filmColumns } from './film-view.ts'
import { nearestFilms, searching } from './nearest-films.ts'
import { type RankedFilm, toRankedFilm } from './ranked-film.ts'
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

type Searching = Pick<Context, 'db' | 'clock'> & { encoders: Encoders }

/**
 * Finds films by what a query says: by meaning, and by words where they decide.
 *
 * @throws Problem `unavailable` when the encoder gives no answer
 */
export async function findFilms(ctx: Searching, { query, scope, limit }: FilmQuery): Promise<Found> {
  const encoder = await servingEncoder(ctx)
  const text = languageOf(query) === 'ru' && !reads(encoder, 'ru') ? gloss(query) : query
  const [queryVector = []] = await ctx.encoders.encode(encoder.id, [{ text, purpose: 'query' }])
  const candidates = await readCandidates(ctx, { encoder, queryVector, scope, limit })
  const ranked = rank(candidates, limit)
  return {
    encoderId: encoder.id,
    queryVector,
    films: ranked.map(({ film, ...place }) => toRankedFilm(film.row, place)),
  }
}

interface Search {
  encoder: EncoderDescription
  queryVector: readonly number[]
  scope: FilmScope
  limit: number
}

const CandidateRow = FilmRow.extend({ cosine: z.coerce.number() })

async function readCandidates({ db }: Searching, { encoder, queryVector, scope, limit }: Search) {
  const vector = sql`${JSON.stringify(queryVector)}`
  const rows = await searching(
    db,
    sql`
      with ${nearestFilms({ encoder, vector, condition: isWithin(scope), limit: Math.max(limit, 50) })}
      select ${filmColumns}, cosine from near join films as film on film.id = near.film_id order by cosine desc`,
  )
  return z
    .array(CandidateRow)
    .parse(rows)
    .map((row) => ({ ...row, titleRu: row.title_ru, descriptionRu: row.description_ru, row: FilmRow.parse(row) }))
}
