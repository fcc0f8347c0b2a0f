import { sql } from 'drizzle-orm'
import type { EncoderDescription } from '#models/_encoders/manifest.ts'
import type { Context } from '#shared/context.ts'
import { createVectorIndex } from './vector-index.ts'

/**
 * Has an encoder read the whole catalogue: its index is made, it becomes `serving` or `filling`, and every film waits
 * for it; films that come later do, too. One that has a place already keeps it.
 *
 * @throws the violation of `one_serving_encoder` or `one_filling_encoder` where another has that place
 */
export async function addEncoder(
  { db }: Pick<Context, 'db'>,
  encoder: Pick<EncoderDescription, 'id' | 'dimensions'>,
  state: 'serving' | 'filling',
): Promise<void> {
  const index = createVectorIndex(encoder)
  if (index) await db.execute(index)
  await db.execute(sql`
    with added as (
      insert into catalogue_encoders (catalogue, encoder_id, dimensions, state, serving_since)
      values ('films', ${encoder.id}, ${encoder.dimensions}, ${state}, ${state === 'serving' ? sql`now()` : null})
      on conflict (catalogue, encoder_id) do update
        set state = excluded.state, created_at = now(), serving_since = excluded.serving_since, retired_at = null
        where catalogue_encoders.state = 'retired'
      returning encoder_id
    )
    insert into film_embeddings (encoder_id, film_id)
    select added.encoder_id, films.id from added, films
    on conflict (encoder_id, film_id) do update set state = 'waiting', attempts = 0, lease_token = null,
      lease_expires_at = null, error = null, updated_at = now()`)
}
