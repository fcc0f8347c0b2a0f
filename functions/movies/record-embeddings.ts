import { sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'

/** A film's text that was encoded. */
export interface TextVector {
  film_id: string
  language: string
  text_sha256: string
  /** Absent: as it was. */
  vector: readonly number[] | undefined
}

export interface EncodingFailure {
  film_id: string
  error: string
}

/** The last one is some two hours after the first: an encoder may be out of reach for a while. */
const maximumAttempts = 10
const firstPause = '15 seconds'

/**
 * Writes down what became of a claim: films with all their vectors are done, others wait for a while, doubled each time,
 * or have failed for good. One statement; what the claim no longer holds stays as it is, since its text has changed, or
 * somebody else took it after the lease.
 */
export async function recordEmbeddings(
  { db }: Pick<Context, 'db'>,
  { encoderId, leaseToken }: { encoderId: string; leaseToken: string },
  { texts, failures }: { texts: readonly TextVector[]; failures: readonly EncodingFailure[] },
): Promise<void> {
  const isMine = sql`embedding.encoder_id = ${encoderId} and embedding.state = 'waiting' and embedding.lease_token = ${leaseToken}`
  const vectors = texts.map(({ vector, ...text }) => ({ ...text, vector: vector && JSON.stringify(vector) }))
  await db.execute(sql`
    with text as (
      select * from jsonb_to_recordset(${JSON.stringify(vectors)}::jsonb)
        as text (film_id text, language text, text_sha256 text, vector text)
    ), done as (
      update film_embeddings as embedding set state = 'done', attempts = 0, lease_token = null, lease_expires_at = null,
        error = null, updated_at = now()
      where ${isMine} and film_id in (select film_id from text) returning film_id
    ), outdated as (
      delete from film_vectors where encoder_id = ${encoderId} and film_id in (select film_id from done)
        and not exists (select from text where text.film_id = film_vectors.film_id and text.language = film_vectors.language)
    ), written as (
      insert into film_vectors (encoder_id, film_id, language, text_sha256, vector)
      select ${encoderId}, film_id, language, text_sha256, vector::vector from text join done using (film_id)
      where vector is not null
      on conflict (encoder_id, film_id, language) do update
        set text_sha256 = excluded.text_sha256, vector = excluded.vector, created_at = now()
    )
    update film_embeddings as embedding set lease_token = null, error = failure.error, updated_at = now(),
      state = (case when attempts >= ${maximumAttempts} then 'failed' else 'waiting' end)::embedding_state,
      lease_expires_at = now() + ${firstPause}::interval * power(2, attempts - 1)
    from jsonb_to_recordset(${JSON.stringify(failures)}::jsonb) as failure (film_id text, error text)
    where ${isMine} and embedding.film_id = failure.film_id`)
}
