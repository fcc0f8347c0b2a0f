import { longestQuery } from '#models/movies/manifest.ts'
import { readYear } from '../read-year.ts'

/** What somebody would like to see; years are those of the first showing, both ends included. */
export interface FilmSearch {
  query: string
  genres: readonly string[]
  from: number | undefined
  to: number | undefined
}

/** A search lives in the address, so that it can be kept, shared, and gone back to. */
export function readSearch(address: URLSearchParams): FilmSearch {
  return {
    query: (address.get('q') ?? '').slice(0, longestQuery),
    genres: [...new Set(address.getAll('genre').filter((genre) => genre.trim() !== ''))],
    from: readYear(address.get('from')),
    to: readYear(address.get('to')),
  }
}

/** @param results id of the recommendation that answers it, where there is one */
export function writeSearch({ query, genres, from, to }: FilmSearch, results?: string): URLSearchParams {
  const entries: [string, string | number | undefined][] = [
    ['q', query.trim()],
    ...genres.map((genre): [string, string] => ['genre', genre]),
    ['from', from],
    ['to', to],
    ['results', results],
  ]
  return new URLSearchParams(
    entries.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]])),
  )
}

/** What `POST /recommend` is sent. */
export function bodyOf({ query, genres, from, to }: FilmSearch) {
  return {
    query: query.trim(),
    limit: 20,
    ...(genres.length > 0 && { genres }),
    ...(from !== undefined && { year_from: from }),
    ...(to !== undefined && { year_to: to }),
  }
}

/** Why a search is not worth sending, if it is not. */
export function faultOf({ query, from, to }: FilmSearch): 'empty' | 'years' | undefined {
  if (query.trim() === '') return 'empty'
  return from !== undefined && to !== undefined && from > to ? 'years' : undefined
}

export const areAnyFilters = ({ genres, from, to }: FilmSearch) =>
  genres.length > 0 || from !== undefined || to !== undefined
