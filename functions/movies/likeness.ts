import { z } from '@hono/zod-openapi'
import { type SQL, sql } from 'drizzle-orm'

/** Columns of `placed`. */
export const Placed = {
  cosine: z.coerce.number(),
  /** From 0, nearest first. */
  place: z.coerce.number().int(),
  /** Cosines to all that are placed, by their place. */
  likeness: z.array(z.coerce.number()),
}

/** A part of a `with` that makes `placed` of `near`: each film with its place, and how like it is to every other. */
export function placesAmong(encoderId: string): SQL {
  return sql`
    compared as materialized (
      select near.film_id, near.cosine, row_number() over (order by near.cosine desc, near.film_id) - 1 as place,
        (select vector from film_vectors
          where encoder_id = ${encoderId} and film_vectors.film_id = near.film_id order by language limit 1) as vector
      from near
    ), placed as (
      select film_id, cosine, place, array(
        select 1 - (compared.vector <=> other.vector) from compared as other order by other.place) as likeness
      from compared
    )`
}

/** Of two films that `placed` has. */
export function likenessOf(a: { likeness: readonly number[] }, b: { place: number }): number {
  return a.likeness[b.place] ?? 0
}
