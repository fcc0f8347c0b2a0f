import { z } from '@hono/zod-openapi'
import { type SQL, sql } from 'drizzle-orm'
import type { Encoders } from '#functions/encode/encoders.ts'
import { reads } from '#models/_encoders/manifest.ts'
import { gloss, languageOf } from '#models/movies/gloss.ts'
import { rank } from '#models/movies/rank.ts'
import type { Context } from '#shared/context.ts'
import { type FilmScope, isWithin } from './film-filters.ts'
import { FilmRow, filmColumns } from './film-view.ts'
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
  const candidates = await readCandidates(ctx, { encoderId: encoder.id, queryVector, scope, limit })
  const ranked = rank(candidates, limit)
  return {
    encoderId: encoder.id,
    queryVector,
    films: ranked.map(({ film, ...place }) => toRankedFilm(film.row, place)),
  }
}

interface Search {
  encoderId: string
  queryVector: readonly number[]
  scope: FilmScope
  limit: number
}

const CandidateRow = FilmRow.extend({ cosine: z.coerce.number() })

async function readCandidates({ db }: Searching, search: Search) {
  const { rows } = await db.execute(sql`
    with near as (${nearest(search)})
    select ${filmColumns}, cosine from near join films as film on film.id = near.film_id order by cosine desc`)
  return z
    .array(CandidateRow)
    .parse(rows)
    .map((row) => ({ ...row, titleRu: row.title_ru, descriptionRu: row.description_ru, row: FilmRow.parse(row) }))
}

function nearest({ encoderId, queryVector, scope, limit }: Search): SQL {
  return sql`
    select film_id, max(1 - (vector <=> ${JSON.stringify(queryVector)}::vector)) as cosine
    from film_vectors join films as film on film.id = film_id
    where encoder_id = ${encoderId} and ${isWithin(scope)}
    group by film_id order by cosine desc limit ${Math.max(limit, 50)}`
}
