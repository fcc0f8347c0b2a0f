import { sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'

/**
 * Stores the next films of a delivery: one with a known title and year changes that film, and what it leaves out stays.
 * Each whose description is new waits for every encoder that serves or is being filled.
 *
 * One statement, so that a film is stored, waits and is ticked off together. In the order of their keys, so that two
 * deliveries of the same films do not wait for each other in a circle.
 *
 * @param isUrgent whether they are read before all that wait already
 * @returns how many were stored: fewer than the limit when the others are stored or being stored
 */
export async function storeFilms(
  { db }: Pick<Context, 'db'>,
  importId: string,
  limit: number,
  { isUrgent = false } = {},
): Promise<number> {
  // Films are read in the order of this time: somebody waits for an urgent one.
  const waitingSince = isUrgent ? sql`to_timestamp(0)` : sql`now()`
  const { rows } = await db.execute(sql`
    with incoming as (
      select item.position, film.* from (
        select position, record from film_import_items where import_id = ${importId} and film_id is null
        order by position limit ${limit} for update skip locked
      ) as item, jsonb_to_record(item.record) as film
        (title text, title_ru text, description text, description_ru text, year integer, genres text[])
    ), stored as (
      insert into films (id, title, title_ru, description, description_ru, year, genres)
      select distinct on (lower(title), year) 'film_' || replace(uuidv7()::text, '-', ''),
        title, title_ru, description, description_ru, year, genres
      from incoming order by lower(title), year, position
      on conflict (lower(title), year) do update set title = excluded.title,
        title_ru = coalesce(excluded.title_ru, films.title_ru), description = excluded.description,
        description_ru = coalesce(excluded.description_ru, films.description_ru), genres = excluded.genres,
        updated_at = now()
      returning new.id, lower(new.title) as key, new.year, old.id is null or old.description <> new.description
        or old.description_ru is distinct from new.description_ru as has_new_text
    ), queued as (
      insert into film_embeddings (encoder_id, film_id, updated_at)
      select encoder_id, stored.id, ${waitingSince} from stored, catalogue_encoders
      where catalogue = 'films' and state <> 'retired' and has_new_text order by encoder_id, stored.id
      on conflict (encoder_id, film_id) do update set state = 'waiting', attempts = 0, lease_token = null,
        lease_expires_at = null, error = null, updated_at = excluded.updated_at
    )
    update film_import_items as item set film_id = stored.id, record = null
    from incoming join stored on stored.key = lower(incoming.title) and stored.year = incoming.year
    where item.import_id = ${importId} and item.position = incoming.position
    returning item.position`)
  return rows.length
}
