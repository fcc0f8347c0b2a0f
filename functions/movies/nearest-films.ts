import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import type { EncoderDescription } from '#models/_encoders/manifest.ts'

/** Up to here every vector is looked at: that is exact, and fast enough. */
const exactUpToFilms = 2_000

interface Near {
  encoder: Pick<EncoderDescription, 'id' | 'dimensions'>
  /** An expression: a parameter, or a scalar query. */
  vector: SQL
  /** Over the row of `films` that it calls `film`. */
  condition: SQL
  limit: number
}

/**
 * Parts of a `with` that make `near (film_id, cosine)`: the films nearest to a vector, by the nearest of their own. Where
 * few films fit the condition all of them are compared; otherwise the index is read on, in order, until enough of what it
 * gives fits (`hnsw.iterative_scan`, see `searching`): a narrow condition never leaves a search with too little.
 */
export function nearestFilms({ encoder, vector, condition, limit }: Near): SQL {
  // As the index has it. The id is a literal, since only then the planner knows that the partial index has the rows.
  const column = sql.raw(`film_vectors.vector::vector(${Math.trunc(encoder.dimensions)})`)
  const distance = sql`${column} <=> (${vector})::vector`
  const among = sql`
    film_vectors join films as film on film.id = film_vectors.film_id
    where film_vectors.encoder_id = ${sql.raw(`'${encoder.id.replaceAll("'", '')}'`)} and ${condition}`
  return sql`
    few as materialized (
      select count(*) <= ${exactUpToFilms} as are_few
      from (select from films as film where ${condition} limit ${exactUpToFilms + 1}) as within
    ), near as materialized (
      select film_id, max(cosine) as cosine from (
        select film_id, 1 - (${distance}) as cosine from ${among} and (select are_few from few)
        union all (
          select film_id, 1 - (${distance}) as cosine from ${among} and not (select are_few from few)
          order by ${distance} limit ${2 * limit})
      ) as compared group by film_id order by cosine desc limit ${limit}
    )`
}

/** Runs a query that has `nearestFilms` in it: the index is read in order, for as long as a condition needs it. */
export async function searching(db: Database, query: SQL): Promise<Record<string, unknown>[]> {
  const [, { rows }] = await db.batch([
    // For this transaction only.
    db.execute(sql`
      select set_config('hnsw.iterative_scan', 'strict_order', true), set_config('hnsw.ef_search', '100', true)`),
    db.execute(query),
  ])
  return rows
}
