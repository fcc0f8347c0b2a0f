import { z } from '@hono/zod-openapi'
import type { JobResult } from '#db/schema/jobs.ts'
import type { Columns } from '#models/_runtime/manifest.ts'
import { usualFilms } from '#models/movies/manifest.ts'
import type { Context } from '#shared/context.ts'
import { scopeOf } from './film-filters.ts'
import type { FilmQuery } from './find-films.ts'
import { type RankedFilm, toFoundFilm } from './ranked-film.ts'

/** A search as the input of a job: one row of the predictor's features. */
export function toJobInput({ query, scope, limit }: FilmQuery): Record<string, unknown[]> {
  return {
    query: [query],
    limit: [limit],
    ...(scope.genres.length > 0 && { genres: [scope.genres.join(', ')] }),
    ...(scope.yearFrom !== null && { year_from: [scope.yearFrom] }),
    ...(scope.yearTo !== null && { year_to: [scope.yearTo] }),
  }
}

const Row = z.object({
  query: z.string(),
  limit: z.number().nullish(),
  genres: z.string().nullish(),
  year_from: z.number().nullish(),
  year_to: z.number().nullish(),
})

/**
 * @param columns as the predictor's manifest lets them through
 * @throws InvalidRequest for a genre that no film has, or years that leave none
 */
export async function fromJobInput(ctx: Pick<Context, 'db' | 'clock'>, columns: Columns): Promise<FilmQuery> {
  const first = Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[0]]))
  const { query, limit, genres, year_from, year_to } = Row.parse(first)
  const scope = await scopeOf(ctx, {
    genres: (genres ?? '').split(',').filter((genre) => genre.trim() !== ''),
    year_from: year_from ?? undefined,
    year_to: year_to ?? undefined,
  })
  return { query, limit: limit ?? usualFilms, scope }
}

/** What a job of a search is answered with. */
export function resultOf(films: readonly RankedFilm[]): JobResult {
  return { value: films.length, films: films.map(toFoundFilm) }
}
