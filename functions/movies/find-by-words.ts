import { z } from '@hono/zod-openapi'
import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import type { Frequencies } from '#models/movies/evidence.ts'
import type { Query } from '#models/movies/read-query.ts'
import { type FilmScope, isWithin } from './film-filters.ts'

export interface Wording {
  text: string
  query: Query
  scope: FilmScope
}

export interface FoundByWords {
  filmIds: string[]
  frequencies: Frequencies
}

/** How many films each way of looking may name. */
const most = { titled: 8, worded: 20, quoted: 5 }
/** Stems that more films have say too little to look for films by them. */
const commonFrom = 101
/** What has more words is nobody's title, and takes long to compare with all of them. */
const longestTitle = 8
/** Longer texts have more words than anybody quotes. */
const mostStems = 40

const Row = z.object({
  film_ids: z.array(z.string()),
  frequencies: z.record(z.string(), z.coerce.number()).nullable(),
})

/** Films that a query may name: by title, by rare words, by quotation. It needs no vector, so that none is waited for. */
export async function findByWords(db: Database, wording: Wording): Promise<FoundByWords> {
  const [, { rows }] = await db.batch([
    // For this transaction only. Misspelt titles share few trigrams with the right ones. The planner does not know how
    // long it takes to compare trigrams, and would do so film by film where there are few.
    db.execute(sql`
      select set_config('pg_trgm.similarity_threshold', '0.2', true), set_config('enable_seqscan', 'off', true),
        set_config('pg_trgm.word_similarity_threshold', '0.4', true)`),
    db.execute(matches(wording)),
  ])
  const [{ film_ids, frequencies }] = z.tuple([Row]).parse(rows)
  return { filmIds: film_ids, frequencies: new Map(Object.entries(frequencies ?? {})) }
}

function matches({ text, query, scope }: Wording): SQL {
  const condition = isWithin(scope)
  return sql`
    with ${termsOf(text)}, ${titled(query, condition)}, rare as materialized (
      -- Joined with nothing, the words are unpacked here, once, and not for every stem.
      select film.id, film.words || ''::tsvector as unpacked from films as film
      where film.words @@ (select string_agg(term::text, ' | ')::tsquery from terms where films between 1 and ${commonFrom - 1})
        and ${condition}
    ), worded as (
      select id from rare
      order by (select sum(ln(1 + 500.0 / films)) from terms where films > 0 and unpacked @@ term) desc limit ${most.worded}
    ), quoted as (
      select film.id from films as film
      where film.words @@ phraseto_tsquery('russian', ${phraseOf({ text, query })}) and ${condition} limit ${most.quoted}
    )
    select array(select id from titled union select id from worded union select id from quoted) as film_ids,
      (select json_object_agg(stem, films) from terms) as frequencies`
}

/** What a film should have word after word: what is quoted, else all that is asked. */
export function phraseOf({ text, query }: Pick<Wording, 'text' | 'query'>): string {
  return query.quotes[0] ?? text
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

function titled({ titles: [title = ''] }: Query, condition: SQL): SQL {
  const likeness = sql`greatest(
    similarity(film.title_folded, ${title}) + word_similarity(${title}, film.title_folded),
    similarity(coalesce(film.title_ru_folded, ''), ${title}) + word_similarity(${title}, coalesce(film.title_ru_folded, '')))`
  return sql`
    titled as (
      select film.id from films as film
      where ${title.split(' ').length <= longestTitle} and (film.title_folded % ${title} or film.title_ru_folded % ${title}
          or film.title_folded %> ${title} or film.title_ru_folded %> ${title})
        and ${condition}
      order by ${likeness} desc limit ${most.titled}
    )`
}
