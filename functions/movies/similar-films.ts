import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Encoders } from '#functions/encode/encoders.ts'
import { diversify } from '#models/movies/diversify.ts'
import type { UserContext } from '#shared/context.ts'
import { FilmRow, filmColumns } from './film-view.ts'
import { findFilm } from './find-film.ts'
import { likenessOf, Placed, placesAmong } from './likeness.ts'
import { nearestFilms, searching } from './nearest-films.ts'
import { type RankedFilm, toRankedFilm } from './ranked-film.ts'
import { measuredSearch } from './search-measures.ts'
import { servingEncoder } from './serving-encoder.ts'

/** From which the most varied are chosen. */
const candidates = 40

type Searching = UserContext & { encoders: Encoders }

/**
 * Films like one, the most alike first, but not all alike to each other.
 *
 * @throws NotFound
 */
export function similarFilms(ctx: Searching, filmId: string, limit: number): Promise<RankedFilm[]> {
  return measuredSearch(ctx, 'similar', () => findAlike(ctx, filmId, limit))
}

async function findAlike(ctx: Searching, filmId: string, limit: number): Promise<RankedFilm[]> {
  const [film, encoder] = await Promise.all([findFilm(ctx, filmId), servingEncoder(ctx)])
  const vector = sql`
    select vector from film_vectors where encoder_id = ${encoder.id} and film_id = ${filmId} order by language limit 1`
  const rows = await searching(
    ctx.db,
    sql`
      with ${nearestFilms({ encoder, vector, condition: sql`film.id <> ${filmId}`, limit: Math.max(candidates, limit) })},
      ${placesAmong(encoder.id)}
      select ${filmColumns}, placed.cosine, placed.place, placed.likeness
      from placed join films as film on film.id = placed.film_id where placed.cosine is not null order by placed.place`,
  )
  const found = z.array(FilmRow.extend(Placed)).parse(rows)
  const chosen = diversify({ items: found, relevance: (item) => item.cosine, likeness: likenessOf }, limit)
  return chosen
    .toSorted((a, b) => b.cosine - a.cosine)
    .map((item) =>
      toRankedFilm(FilmRow.parse(item), {
        score: Math.max(0, Math.min(1, item.cosine)),
        why: { kind: 'meaning', detail: `like ${film.title}` },
      }),
    )
}
