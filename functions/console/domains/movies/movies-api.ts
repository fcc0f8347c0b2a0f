import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { searchManifest } from '#models/movies/manifest.ts'
import type { FilmView } from '../../../movies/film-view.ts'
import type { RankedFilm as RankedFilmView } from '../../../movies/ranked-film.ts'
import { call } from '../../api/call.ts'
import { usePages, usePredictors } from '../../api/hooks.ts'

export type Film = FilmView
export type FilmPage = Film & { status: 'embedding' | 'searchable' | 'failed' }
export type RankedFilm = z.infer<typeof RankedFilmView>
export type Why = RankedFilm['why']

/** Films that were recommended: a search's answer, or what a person may like. */
export interface Recommendation {
  prediction_id: string
  cost: number
  results: RankedFilm[]
}

export interface GenreCount {
  genre: string
  films: number
}

/** Names under which answers are kept. */
export const movieKeys = {
  catalogue: ['movies', 'catalogue'] as const,
  genres: ['movies', 'genres'] as const,
  film: (id: string) => ['movies', 'film', id] as const,
  similar: (id: string) => ['movies', 'similar', id] as const,
  titles: (text: string) => ['movies', 'titles', text] as const,
  results: (id: string) => ['movies', 'results', id] as const,
  searches: ['movies', 'searches'] as const,
  personal: ['movies', 'personal'] as const,
  verdicts: ['movies', 'verdicts'] as const,
  taste: ['movies', 'taste'] as const,
  imports: ['movies', 'imports'] as const,
  encoders: ['movies', 'encoders'] as const,
}

/** How often what is on its way is asked for. */
export const POLL_MS = 2_000
const MINUTE_MS = 60_000

/** Genres of the catalogue with how many films have each. */
export function useGenres() {
  return useQuery({
    queryKey: movieKeys.genres,
    queryFn: async ({ signal }) => (await call<{ items: GenreCount[] }>('/movies/genres', { signal })).items,
    staleTime: MINUTE_MS,
  })
}

export function useFilm(id: string) {
  return useQuery({
    queryKey: movieKeys.film(id),
    queryFn: ({ signal }) => call<FilmPage>(`/movies/${encodeURIComponent(id)}`, { signal }),
    refetchInterval: ({ state: { data } }) => (data?.status === 'embedding' ? POLL_MS : false),
  })
}

export function useSimilar(id: string) {
  return useQuery({
    queryKey: movieKeys.similar(id),
    queryFn: async ({ signal }) =>
      (
        await call<{ results: RankedFilm[] }>(`/movies/${encodeURIComponent(id)}/similar`, {
          query: { limit: 12 },
          signal,
        })
      ).results,
    staleTime: MINUTE_MS,
  })
}

/** What a person may like, from what they liked and looked for. */
export function usePersonal(limit: number) {
  return useQuery({
    queryKey: [...movieKeys.personal, limit],
    queryFn: async ({ signal }) =>
      (await call<Recommendation>('/recommendations/movies', { query: { limit }, signal })).results,
    staleTime: MINUTE_MS,
  })
}

export const usePopular = (limit: number) =>
  usePages<Film>(movieKeys.catalogue, '/movies', { sort: 'popularity', limit })

/** What a search costs now; undefined until it is known. */
export function useSearchPrice(): number | undefined {
  return usePredictors().data?.find(({ model_name }) => model_name === searchManifest.name)?.price
}
