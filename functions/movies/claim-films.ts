import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'
import { newId } from '#shared/ids.ts'

/** Longer than a batch may take: a Worker is stopped before. */
const leaseSeconds = 60

const ClaimedFilm = z.object({
  id: z.string(),
  description: z.string(),
  description_ru: z.string().nullable(),
  /** Of its texts as they were when they were encoded. */
  known_sha256s: z.array(z.string()),
})

export type ClaimedFilm = z.infer<typeof ClaimedFilm>

export type FilmsClaim =
  | { kind: 'claimed'; films: ClaimedFilm[]; leaseToken: string }
  /** Another batch is under way: its chain will come to what is left. */
  | { kind: 'busy' }
  /** Nothing waits, or only what failed a while ago. */
  | { kind: 'idle' }

/**
 * Takes the films that have waited longest for an encoder. One batch of an encoder is under way at a time, so that who
 * searches meanwhile waits for one text to be encoded at most: of two chains, the one that comes second ends.
 */
export async function claimFilms({ db }: Pick<Context, 'db'>, encoderId: string, limit: number): Promise<FilmsClaim> {
  const leaseToken = newId('lease')
  const { rows } = await db.execute(sql`
    with under_way as (
      select from film_embeddings
      where encoder_id = ${encoderId} and state = 'waiting' and lease_token is not null and lease_expires_at > now()
    ), taken as (
      update film_embeddings set attempts = attempts + 1, lease_token = ${leaseToken},
        lease_expires_at = now() + ${`${leaseSeconds} seconds`}::interval
      where encoder_id = ${encoderId} and film_id = any(array(
        select film_id from film_embeddings
        where ${isDue(encoderId)} and not exists (select from under_way)
        order by updated_at limit ${limit} for update skip locked))
      returning film_id
    )
    select (select count(*) from taken) as taken, exists (select from under_way) as is_busy`)
  const [{ taken, is_busy }] = z.tuple([z.object({ taken: z.coerce.number(), is_busy: z.boolean() })]).parse(rows)
  if (taken === 0) return { kind: is_busy ? 'busy' : 'idle' }
  return { kind: 'claimed', leaseToken, films: await readClaimed({ db }, encoderId, leaseToken) }
}

/** Whether a row of `film_embeddings` is to be taken now. Who is retired reads no more. */
const isDue = (encoderId: string) => sql`
  encoder_id = ${encoderId} and state = 'waiting' and (lease_expires_at is null or lease_expires_at <= now())
  and exists (select from catalogue_encoders
    where catalogue = 'films' and catalogue_encoders.encoder_id = ${encoderId} and catalogue_encoders.state <> 'retired')`

/** After the claim: a text that changes from here on takes its film away from this claim. */
async function readClaimed({ db }: Pick<Context, 'db'>, encoderId: string, leaseToken: string) {
  const { rows } = await db.execute(sql`
    select film.id, film.description, film.description_ru, array(
      select text_sha256 from film_vectors where encoder_id = ${encoderId} and film_id = film.id) as known_sha256s
    from film_embeddings as embedding join films as film on film.id = embedding.film_id
    where embedding.encoder_id = ${encoderId} and embedding.state = 'waiting' and embedding.lease_token = ${leaseToken}`)
  return z.array(ClaimedFilm).parse(rows)
}

/** Whether films wait for an encoder that may be taken now. */
export async function hasDueFilms({ db }: Pick<Context, 'db'>, encoderId: string): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select exists (select from film_embeddings where ${isDue(encoderId)}) as is_due`)
  return z.tuple([z.object({ is_due: z.boolean() })]).parse(rows)[0].is_due
}
