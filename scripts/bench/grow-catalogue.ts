import { sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'

/**
 * Makes films out of those that are there, up to `count` in all: words of their titles and sentences of their
 * descriptions in another order, in both languages, with vectors around theirs (cosine about 0.6, as of texts on one
 * subject). The same films give the same ones.
 */
export async function growCatalogue(db: Database, encoderId: string, count: number): Promise<void> {
  const among = (values: string, salt: number) =>
    sql.raw(`${values}[1 + (hashint4extended(i, ${salt}) & 1048575) % cardinality(${values})]`)
  const some = (values: string, ...salts: number[]) =>
    sql.join(
      salts.map((salt) => among(values, salt)),
      sql` || ' ' || `,
    )
  await db.batch([
    db.execute(sql`
      with texts as materialized (
        select array(select regexp_split_to_table(description, '(?<=[.!?]) ') from films order by 1) as english,
          array(select regexp_split_to_table(description_ru, '(?<=[.!?]) ') from films order by 1) as russian,
          array(select regexp_split_to_table(title, ' ') from films order by 1) as words,
          array(select regexp_split_to_table(title_ru, ' ') from films order by 1) as russian_words
      )
      insert into films (id, title, title_ru, description, description_ru, year, genres)
      select 'film_' || lpad(to_hex(i), 32, '0'), ${some('words', 1, 2)} || ' ' || to_hex(i), ${some('russian_words', 1, 2)},
        ${some('english', 3, 4, 5)}, ${some('russian', 3, 4, 5)}, 1920 + i % 100,
        array[(array['Drama', 'Comedy', 'Thriller', 'War', 'Western'])[1 + i % 5]]
      from texts, generate_series((select count(*) from films) + 1, ${count}::bigint) as series, lateral (select series::integer as i) as of`),
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
