import { z } from '@hono/zod-openapi'
import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import type { EncoderDescription } from '#models/_encoders/manifest.ts'
import type { Frequencies } from '#models/movies/evidence.ts'
import type { Query } from '#models/movies/read-query.ts'
import { type FilmScope, isWithin } from './film-filters.ts'
import { FilmRow, filmColumns } from './film-view.ts'
import { nearestFilms, searching } from './nearest-films.ts'

export interface Search {
  encoder: EncoderDescription
  queryVector: readonly number[]
  text: string
  query: Query
  scope: FilmScope
  limit: number
}

/** How many films each way of looking may name: by meaning, by title, by words, by quotation. */
const most = { near: 50, titled: 8, worded: 20, quoted: 5 }
/** Stems that more films have say too little to look for films by them. */
const commonFrom = 101
/** What has more words is nobody's title, and takes long to compare with all of them. */
const longestTitle = 8
/** Longer texts have more words than anybody quotes. */
const mostStems = 40

const Row = FilmRow.extend({
  cosine: z.coerce.number(),
  matched: z.array(z.string()),
  has_phrase: z.boolean(),
  frequencies: z.record(z.string(), z.coerce.number()).nullable(),
})

export interface FilmCandidate {
  row: FilmRow
  title: string
  titleRu: string | null
  description: string
  descriptionRu: string | null
  year: number
  cosine: number
  matched: readonly string[]
  hasPhrase: boolean
}

/** The films that a search has to place, found by meaning and by words, in one statement. */
export async function readCandidates(
  db: Database,
  search: Search,
): Promise<{ candidates: FilmCandidate[]; frequencies: Frequencies }> {
  const rows = z.array(Row).parse(await searching(db, candidateQuery(search)))
  const candidates = rows.map((row) => ({
    row: FilmRow.parse(row),
    title: row.title,
    titleRu: row.title_ru,
    description: row.description,
    descriptionRu: row.description_ru,
    year: row.year,
    cosine: row.cosine,
    matched: row.matched,
    hasPhrase: row.has_phrase,
  }))
  return { candidates, frequencies: new Map(Object.entries(rows[0]?.frequencies ?? {})) }
}

function candidateQuery({ encoder, queryVector, text, query, scope, limit }: Search): SQL {
  const condition = isWithin(scope)
  const vector = sql`${JSON.stringify(queryVector)}`
  const phrase = query.quotes[0] ?? text
  return sql`
    with ${nearestFilms({ encoder, vector, condition, limit: Math.max(limit, most.near) })},
    ${termsOf(text)}, ${foundByWords(condition, query, phrase)},
    found as (
      select film_id from near union select id from titled union select id from worded union select id from quoted
    )
    select ${filmColumns}, array(select stem from terms where film.words @@ term) as matched,
      film.words @@ phraseto_tsquery('russian', ${phrase}) as has_phrase,
      (select json_object_agg(stem, films) from terms) as frequencies,
      coalesce((
        select max(1 - (vector <=> (${vector})::vector)) from film_vectors
        where film_vectors.encoder_id = ${encoder.id} and film_vectors.film_id = film.id), 0) as cosine
    from found join films as film on film.id = found.film_id`
}

/** Stems of what is asked, in how many films each is. The Russian configuration stems English words, too. */
function termsOf(text: string): SQL {
  return sql`
    terms as materialized (
      select stem, term, (
          select count(*) from (select from films where films.words @@ term limit ${commonFrom}) as having_it
        ) as films
      from (
        select stem, plainto_tsquery('simple', stem) as term
        from unnest(tsvector_to_array(to_tsvector('russian', ${text}))) as stem limit ${mostStems}
      ) as stems
    )`
}

function foundByWords(condition: SQL, { titles: [title = ''] }: Query, phrase: string): SQL {
  const likeness = sql`greatest(
    similarity(film.title_folded, ${title}) + word_similarity(${title}, film.title_folded),
    similarity(coalesce(film.title_ru_folded, ''), ${title}) + word_similarity(${title}, coalesce(film.title_ru_folded, '')))`
  return sql`
    titled as materialized (
      select film.id from films as film
      where ${title.split(' ').length <= longestTitle} and (film.title_folded % ${title} or film.title_ru_folded % ${title}
          or film.title_folded %> ${title} or film.title_ru_folded %> ${title})
        and ${condition}
      order by ${likeness} desc limit ${most.titled}
    ), worded as materialized (
      select film.id from films as film
      where film.words @@ (select string_agg(term::text, ' | ')::tsquery from terms where films between 1 and ${commonFrom - 1})
        and ${condition}
      order by (select sum(ln(1 + 500.0 / films)) from terms where films > 0 and film.words @@ term) desc limit ${most.worded}
    ), quoted as materialized (
      select film.id from films as film
      where film.words @@ phraseto_tsquery('russian', ${phrase}) and ${condition} limit ${most.quoted}
    )`
}
