import { z } from '@hono/zod-openapi'
import { type SQL, sql } from 'drizzle-orm'
import { genreKey, genreNames } from '#models/movies/genre-names.ts'
import { filmYears } from '#models/movies/manifest.ts'
import type { Context } from '#shared/context.ts'
import { type Fault, InvalidRequest } from '#shared/problem.ts'
import { readGenres } from './genres.ts'

const year = z.number().int().min(filmYears.first).max(filmYears.last)

/** Which films may be found; members of a request. */
export const filmFilters = {
  genres: z
    .array(z.string().max(40))
    .max(20)
    .optional()
    .openapi({ description: 'Films of any of these genres', example: ['Drama'] }),
  year: year.optional().openapi({ description: 'Films of this very year' }),
  year_from: year.optional().openapi({ example: 1900 }),
  year_to: year.optional().openapi({ example: 2030 }),
}

export type FilmFilters = z.infer<z.ZodObject<typeof filmFilters>>

/** Filters as they are kept and searched by: genres spelt as the catalogue spells them. */
export interface FilmScope {
  genres: string[]
  yearFrom: number | null
  yearTo: number | null
}

/**
 * @throws InvalidRequest for a genre that nobody knows, with those that are known; for years that leave none
 */
export async function scopeOf(ctx: Pick<Context, 'db' | 'clock'>, filters: FilmFilters): Promise<FilmScope> {
  const yearFrom = filters.year ?? filters.year_from ?? null
  const yearTo = filters.year ?? filters.year_to ?? null
  const faults: Fault[] = []
  if (yearFrom !== null && yearTo !== null && yearFrom > yearTo)
    faults.push({ pointer: '/year_from', code: 'out_of_range', message: 'must not be after year_to' })
  const genres = filters.genres?.length ? await spellGenres(ctx, filters.genres, faults) : []
  if (faults.length > 0) throw new InvalidRequest(faults)
  return { genres, yearFrom, yearTo }
}

async function spellGenres(ctx: Pick<Context, 'db' | 'clock'>, asked: readonly string[], faults: Fault[]) {
  const spelt = await Promise.all(asked.map((genre, i) => spellGenre(ctx, genre, `/genres/${i}`, faults)))
  return [...new Set(spelt.flat())]
}

/** All names by which films have a genre; of one that nobody knows, a fault with those that are known. */
export async function spellGenre(
  ctx: Pick<Context, 'db' | 'clock'>,
  genre: string,
  pointer: string,
  faults: Fault[],
): Promise<string[]> {
  const existing = [...new Set([...(await readGenres(ctx)).map(({ genre: name }) => name), ...genreNames])].sort()
  const found = existing.filter((name) => genreKey(name) === genreKey(genre))
  const message = `must be one of ${existing.join(', ')}`
  if (found.length === 0) faults.push({ pointer, code: 'unknown_choice', message })
  return found
}

/** A scope as it is kept, and told again. */
export function toFilters({ genres, yearFrom, yearTo }: FilmScope): FilmFilters {
  return {
    ...(genres.length > 0 && { genres }),
    ...(yearFrom !== null && { year_from: yearFrom }),
    ...(yearTo !== null && { year_to: yearTo }),
  }
}

/** Whether the row of `films` that the query calls `film` is within a scope. */
export function isWithin({ genres, yearFrom, yearTo }: FilmScope): SQL {
  const conditions = [
    ...(genres.length > 0
      ? [sql`film.genres && ${`{${genres.map((genre) => JSON.stringify(genre)).join(',')}}`}::text[]`]
      : []),
    ...(yearFrom !== null ? [sql`film.year >= ${yearFrom}`] : []),
    ...(yearTo !== null ? [sql`film.year <= ${yearTo}`] : []),
  ]
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`
}
