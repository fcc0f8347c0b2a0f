import { sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'

/**
 * Makes films out of those that are there, up to `count` in all: words of their titles and sentences of their
 * descriptions in another order, in both languages, with vectors around theirs (cosine about 0.6, as of texts on one
 * subject). The same films give the same ones.
 */
export async function growCatalogue(db: Database, encoderId: string, count: number): Promise<void> {
  const parts = (text: string, separator: string) =>
    sql.raw(`(select part, row_number() over (order by part, id) - 1 as number
      from films, regexp_split_to_table(${text}, '${separator}') as part)`)
  const texts = [
    ['titles', parts('title', ' '), [1, 2]],
    ['russian_titles', parts('title_ru', ' '), [1, 2]],
    ['english', parts('description', '(?<=[.!?]) '), [3, 4, 5]],
    ['russian', parts('description_ru', '(?<=[.!?]) '), [3, 4, 5]],
  ] as const
  // Joined, since to take one element of a long array is to walk through it.
  const some = (name: string, salts: readonly number[]) =>
    sql.raw(salts.map((salt) => `${name}_${salt}.part`).join(` || ' ' || `))
  const joins = texts.flatMap(([name, , salts]) =>
    salts.map((salt) =>
      sql.raw(`join ${name} as ${name}_${salt} on ${name}_${salt}.number
        = (hashint4extended(i, ${salt}) & 1048575) % (select count(*) from ${name})`),
    ),
  )
  await db.batch([
    db.execute(sql`
      with ${sql.join(
        texts.map(([name, rows]) => sql`${sql.raw(name)} as materialized ${rows}`),
        sql`, `,
      )}
      insert into films (id, title, title_ru, description, description_ru, year, genres)
      select 'film_' || lpad(to_hex(i), 32, '0'), ${some('titles', [1, 2])} || ' ' || to_hex(i), ${some('russian_titles', [1, 2])},
        ${some('english', [3, 4, 5])}, ${some('russian', [3, 4, 5])}, 1920 + i % 100,
        array[(array['Drama', 'Comedy', 'Thriller', 'War', 'Western'])[1 + i % 5]]
      from generate_series((select count(*) from films)::integer + 1, ${count}::integer) as i
        ${sql.join(joins, sql` `)}`),
    db.execute(sql`select setseed(0.5)`),
    db.execute(sql`
      with bases as materialized (
        select row_number() over (order by text_sha256, film_id) as number, count(*) over () as bases, vector
        from film_vectors where encoder_id = ${encoderId}
      ), missing as (
        select id, row_number() over (order by id) as number from films
        where not exists (select from film_vectors where film_id = id and encoder_id = ${encoderId})
      )
      insert into film_vectors (film_id, encoder_id, language, text_sha256, vector)
      select id, ${encoderId}, 'en', 'x', l2_normalize((
        select array_agg(part + 0.235 * (random() - 0.5) + 0 * missing.number) from unnest(vector::real[]) as part)::vector)
      from missing join bases on bases.number = 1 + missing.number % bases.bases`),
    // Nothing is left for the encoder to read.
    db.execute(sql`
      insert into film_embeddings (encoder_id, film_id, state) select ${encoderId}, id, 'done' from films
      on conflict do nothing`),
  ])
  await db.execute(sql`analyze films`)
  await db.execute(sql`analyze film_vectors`)
}
