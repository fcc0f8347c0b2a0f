import type { FilmSearch } from '../find/film-search.ts'

/** A recommendation of the past, as `GET /recommendations/history` lists it. */
export interface PastRecommendation {
  prediction_id: string
  kind: 'query' | 'personal' | 'similar'
  query: string | null
  filters: Record<string, unknown>
  cost: number
  result_count: number
  created_at: string
}

/** What was asked, to be asked again. */
export function searchOf({ query, filters }: Pick<PastRecommendation, 'query' | 'filters'>): FilmSearch {
  const { genres, yearFrom, yearTo } = filters
  return {
    query: query ?? '',
    genres: Array.isArray(genres) ? genres.filter((genre) => typeof genre === 'string') : [],
    from: typeof yearFrom === 'number' ? yearFrom : undefined,
    to: typeof yearTo === 'number' ? yearTo : undefined,
  }
}
