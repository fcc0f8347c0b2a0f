import { z } from '@hono/zod-openapi'
import { type SQL, sql } from 'drizzle-orm'
import type { Encoders } from '#functions/encode/encoders.ts'
import type { EncoderDescription } from '#models/_encoders/manifest.ts'
import { diversify } from '#models/movies/diversify.ts'
import type { Why } from '#models/movies/rank.ts'
import type { UserContext } from '#shared/context.ts'
import { newId } from '#shared/ids.ts'
import { FilmRow, filmColumns } from './film-view.ts'
import { likenessOf, Placed, placesAmong } from './likeness.ts'
import { nearestFilms, searching } from './nearest-films.ts'
import { type RankedFilm, toFoundFilm, toRankedFilm } from './ranked-film.ts'
import { measuredSearch } from './search-measures.ts'
import { servingEncoder } from './serving-encoder.ts'
import { tasteSignals, tasteVector } from './taste-signals.ts'

/** From which the most varied are chosen. */
const candidates = 60

const Candidate = FilmRow.extend({
  ...Placed,
  popularity: z.coerce.number(),
  /** Of the film that they like and that this one is most like. */
  liked_title: z.string().nullable(),
  /** JSON text of the taste; null for who has shown none. */
  taste: z.string().nullable(),
})
type Candidate = z.infer<typeof Candidate>

type Recommending = UserContext & { encoders: Encoders }

export interface Personal {
  predictionId: string
  films: RankedFilm[]
}

/**
 * Films for somebody, by what they like, dislike and have looked for; varied, and none that they have judged. Who has
 * shown no taste is given what others like, as varied as there is. Free, and kept as a recommendation with its vector.
 */
export function recommendPersonally(ctx: Recommending, limit: number): Promise<Personal> {
  return measuredSearch(ctx, 'personal', () => recommendByTaste(ctx, limit))
}

async function recommendByTaste(ctx: Recommending, limit: number): Promise<Personal> {
  const startedMs = ctx.clock.now().getTime()
  const encoder = await servingEncoder(ctx)
  const ofTaste = await readCandidates(ctx, byTaste(ctx.actor.userId, encoder))
  const found = ofTaste.length > 0 ? ofTaste : await readCandidates(ctx, byPopularity(ctx.actor.userId, encoder))
  const films = choose(found, limit)
  const durationMs = ctx.clock.now().getTime() - startedMs
  const predictionId = await keep(ctx, { encoderId: encoder.id, taste: ofTaste[0]?.taste ?? null, films, durationMs })
  return { predictionId, films }
}

function choose(found: readonly Candidate[], limit: number): RankedFilm[] {
  const chosen = diversify({ items: found, relevance: ({ cosine }) => cosine, likeness: likenessOf }, limit)
  return chosen
    .toSorted((a, b) => b.cosine - a.cosine || a.place - b.place)
    .map((film) =>
      toRankedFilm(FilmRow.parse(film), { score: Math.max(0, Math.min(1, film.cosine)), why: whyOf(film) }),
    )
}

function whyOf({ taste, liked_title, popularity }: Candidate): Why {
  if (taste !== null && liked_title !== null)
    return { kind: 'taste', detail: `you like ${liked_title}`, terms: [liked_title] }
  if (taste !== null) return { kind: 'taste', detail: 'like what you looked for' }
  return { kind: 'popular', detail: popularity > 0 ? 'liked by others' : 'something to begin with' }
}

function unjudged(userId: string): SQL {
  return sql`not exists (select from film_verdicts where user_id = ${userId} and film_verdicts.film_id = film.id)`
}

function byTaste(userId: string, encoder: EncoderDescription): SQL {
  const vector = sql`select vector from taste`
  const condition = sql`${unjudged(userId)} and exists (select from taste)`
  return sql`
    with ${tasteSignals(userId, encoder.id)}, taste as materialized (${tasteVector}),
    ${nearestFilms({ encoder, vector, condition, limit: candidates })}, ${placesAmong(encoder.id)}
    select ${filmColumns}, film.popularity, placed.cosine, placed.place, placed.likeness, (
        select liked.title from judged join films as liked on liked.id = judged.film_id
          join film_vectors as theirs on theirs.film_id = liked.id and theirs.encoder_id = ${encoder.id}
          join film_vectors as mine on mine.film_id = film.id and mine.encoder_id = ${encoder.id}
        where judged.verdict > 0 order by theirs.vector <=> mine.vector limit 1
      ) as liked_title, (select vector::text from taste) as taste
    from placed join films as film on film.id = placed.film_id order by placed.place`
}

/** Most liked first, and among equals in an order that favours no part of the alphabet. */
function byPopularity(userId: string, encoder: EncoderDescription): SQL {
  return sql`
    with ranked as materialized (
      select film.id, rank() over (order by film.popularity desc) as standing from films as film
      where ${unjudged(userId)} order by film.popularity desc, md5(film.id) limit ${candidates}
    ), near as (select id as film_id, 1.0 / (1 + ln(standing)) as cosine from ranked), ${placesAmong(encoder.id)}
    select ${filmColumns}, film.popularity, placed.cosine, placed.place, placed.likeness,
      null as liked_title, null as taste
    from placed join films as film on film.id = placed.film_id order by placed.place`
}

async function readCandidates({ db }: Pick<UserContext, 'db'>, query: SQL): Promise<Candidate[]> {
  return z.array(Candidate).parse(await searching(db, query))
}

interface Kept {
  encoderId: string
  taste: string | null
  films: readonly RankedFilm[]
  durationMs: number
}

async function keep({ db, actor }: UserContext, { encoderId, taste, films, durationMs }: Kept): Promise<string> {
  const id = newId('recommendation')
  await db.execute(sql`
    insert into recommendations (id, user_id, kind, filters, encoder_id, query_vector, films, result_count, duration_ms)
    values (${id}, ${actor.userId}, 'personal', '{}', ${encoderId}, ${taste}::vector,
      ${JSON.stringify(films.map(toFoundFilm))}::jsonb, ${films.length}, ${Math.round(durationMs)})`)
  return id
}
