import { z } from '@hono/zod-openapi'
import type { FoundFilm } from '#db/schema/jobs.ts'
import { Why } from '#functions/predict/job-view.ts'
import type { Ranked } from '#models/movies/rank.ts'
import { type FilmRow, FilmView, toFilmView } from './film-view.ts'

/** A film with its place in an answer. */
export const RankedFilm = FilmView.omit({ liked: true })
  .extend({ score: z.number().min(0).max(1).openapi({ description: 'Falls from film to film' }), why: Why })
  .openapi('RankedFilm')
export type RankedFilm = z.infer<typeof RankedFilm>

export function toRankedFilm(film: FilmRow, { score, why }: Omit<Ranked<unknown>, 'film'>): RankedFilm {
  return { ...toFilmView(film), score, why }
}

/** What is kept of it: the film's texts stay with the film. */
export function toFoundFilm({ id, title, year, score, why }: RankedFilm): FoundFilm {
  return { id, title, year, score, why }
}
