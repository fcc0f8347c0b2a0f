import type { Job } from '../../api/types.ts'
import type { FilmSearch } from './find/film-search.ts'

/** What a job of the search was asked: the first row of its columns. */
export function searchOfJob({ data }: Pick<Job, 'data'>): FilmSearch {
  const first = (name: string): unknown => {
    const column: unknown = data[name]
    return Array.isArray(column) ? column[0] : undefined
  }
  const [query, genres] = [first('query'), first('genres')]
  const year = (name: string) => {
    const value = first(name)
    return typeof value === 'number' ? value : undefined
  }
  return {
    query: typeof query === 'string' ? query : '',
    genres: typeof genres === 'string' ? genres.split(',').flatMap((genre) => genre.trim() || []) : [],
    from: year('year_from'),
    to: year('year_to'),
  }
}
