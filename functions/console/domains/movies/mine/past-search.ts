import type { z } from 'zod'
import type { PastRecommendation as PastRecommendationView } from '../../../../movies/list-recommendations.ts'
import type { FilmSearch } from '../find/film-search.ts'

/** A search of the past, as `GET /recommendations/history` lists it. */
export type PastRecommendation = z.infer<typeof PastRecommendationView>

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
