import { z } from '@hono/zod-openapi'
import { type SQL, sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'
import { dropVectorIndex } from './vector-index.ts'

/** Longer than any search goes on by an encoder that it took for the serving one. */
const lastSearches = '10 seconds'

/** One that no search goes by any more. */
export const isRetiredForGood = sql`(state = 'retired' and retired_at <= now() - ${lastSearches}::interval)`
export const isFilling = sql`state = 'filling'`

const Forgotten = z.array(z.object({ encoder_id: z.string() }))

/**
 * Deletes encoders with all that they made of films: place, vectors, index.
 *
 * @param which a condition on `catalogue_encoders`
 * @returns how many there were
 */
export async function forgetEncoders({ db }: Pick<Context, 'db'>, which: SQL): Promise<number> {
  const { rows } = await db.execute(sql`
    with forgotten as (
      delete from catalogue_encoders where catalogue = 'films' and ${which} returning encoder_id
    ), vectors as (
      delete from film_vectors where encoder_id in (select encoder_id from forgotten)
    ), embeddings as (
      delete from film_embeddings where encoder_id in (select encoder_id from forgotten)
    )
    select encoder_id from forgotten`)
  const forgotten = Forgotten.parse(rows)
  for (const { encoder_id } of forgotten) await db.execute(dropVectorIndex(encoder_id))
  return forgotten.length
}

/** Makes room for a re-embedding: only the one before is kept. */
export async function forgetRetired(ctx: Pick<Context, 'db'>, exceptEncoderId: string): Promise<void> {
  await forgetEncoders(ctx, sql`${isRetiredForGood} and encoder_id <> ${exceptEncoderId}`)
}
