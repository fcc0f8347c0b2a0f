import type { CallOptions } from '../../../api/call.ts'
import { readYear } from '../read-year.ts'

export const SORTS = ['title', 'year', 'popularity'] as const
export type Sort = (typeof SORTS)[number]

/** Which films of the catalogue are shown, and in what order. */
export interface CatalogueFilter {
  genre: string
  from: number | undefined
  to: number | undefined
  sort: Sort
}

export function readFilter(address: URLSearchParams): CatalogueFilter {
  return {
    genre: address.get('genre') ?? '',
    from: readYear(address.get('from')),
    to: readYear(address.get('to')),
    sort: SORTS.find((sort) => sort === address.get('sort')) ?? 'title',
  }
}

export function writeFilter({ genre, from, to, sort }: CatalogueFilter): URLSearchParams {
  const entries = Object.entries({ genre: genre || undefined, from, to, sort: sort === 'title' ? undefined : sort })
  return new URLSearchParams(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])))
}

/** What `GET /movies` is asked for. */
export function catalogueQuery({ genre, from, to, sort }: CatalogueFilter): NonNullable<CallOptions['query']> {
  return { genre: genre || undefined, year_from: from, year_to: to, sort, limit: 36 }
}

export const isNarrowed = ({ genre, from, to }: CatalogueFilter) =>
  genre !== '' || from !== undefined || to !== undefined
