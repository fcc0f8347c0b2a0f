import { z } from '@hono/zod-openapi'
import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import type { EncoderDescription } from '#models/_encoders/manifest.ts'
import type { Candidate } from '#models/movies/evidence.ts'
import { isWithin } from './film-filters.ts'
import { FilmRow, filmColumns } from './film-view.ts'
import { type FoundByWords, phraseOf, type Wording } from './find-by-words.ts'
import { nearestFilms, searching } from './nearest-films.ts'

export interface Search extends Wording {
  encoder: EncoderDescription
  queryVector: readonly number[]
  byWords: FoundByWords
  limit: number
}

/** So many are found by meaning, or as many as are asked for: words raise none that is further away into the first ten. */
const mostNear = 30

const Row = FilmRow.extend({ cosine: z.coerce.number(), matched: z.array(z.string()), has_phrase: z.boolean() })

export interface FilmCandidate extends Candidate {
  row: FilmRow
}

/** The films that a search has to place: those that were found by words, and those that are near in meaning. */
export async function readCandidates(db: Database, search: Search): Promise<FilmCandidate[]> {
  const rows = z.array(Row).parse(await searching(db, candidateQuery(search)))
  return rows.map((row) => ({
    row,
    title: row.title,
    titleRu: row.title_ru,
    description: row.description,
    descriptionRu: row.description_ru,
    year: row.year,
    cosine: row.cosine,
    matched: row.matched,
    hasPhrase: row.has_phrase,
  }))
}

function candidateQuery({ encoder, queryVector, text, query, byWords, scope, limit }: Search): SQL {
  const vector = sql`select vector from asked`
  const stems = JSON.stringify([...byWords.frequencies.keys()])
  return sql`
    with asked as materialized (
      select ${JSON.stringify(queryVector)}::vector as vector, phraseto_tsquery('russian', ${phraseOf({ text, query })}) as phrase
    ), ${nearestFilms({ encoder, vector, condition: isWithin(scope), limit: Math.max(limit, mostNear) })},
    terms as materialized (
      select stem, plainto_tsquery('simple', stem) as term from jsonb_array_elements_text(${stems}::jsonb) as stem
    ), found as (
      select film_id from near union select jsonb_array_elements_text(${JSON.stringify(byWords.filmIds)}::jsonb)
    ), film as materialized (
      -- Joined with nothing, the words are unpacked here, once, and not for every stem.
      select films.*, films.words || ''::tsvector as unpacked from found join films on films.id = found.film_id
    )
    select ${filmColumns}, array(select stem from terms where unpacked @@ term) as matched,
      unpacked @@ (select phrase from asked) as has_phrase,
      coalesce((
        select max(1 - (vector <=> (${vector}))) from film_vectors
        where film_vectors.encoder_id = ${encoder.id} and film_vectors.film_id = film.id), 0) as cosine
    from film`
}
