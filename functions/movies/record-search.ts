import { type SQL, sql } from 'drizzle-orm'
import { type FilmScope, toFilters } from './film-filters.ts'
import type { Found } from './find-films.ts'
import { toFoundFilm } from './ranked-film.ts'

interface FinishedSearch {
  query: string
  scope: FilmScope
  found: Found
  durationMs: number
}

/** Part of the statement that ends a job: the recommendation that it was, with its vector. */
export function recordSearch({ query, scope, found, durationMs }: FinishedSearch): SQL {
  const films = JSON.stringify(found.films.map(toFoundFilm))
  return sql`
    insert into recommendations (id, job_id, user_id, kind, query, filters, encoder_id, query_vector, films, result_count, duration_ms)
    select id, id, user_id, 'query', ${query}, ${JSON.stringify(toFilters(scope))}::jsonb, ${found.encoderId},
      ${JSON.stringify(found.queryVector)}::vector, ${films}::jsonb, ${found.films.length}, ${Math.round(durationMs)}
    from ended`
}
