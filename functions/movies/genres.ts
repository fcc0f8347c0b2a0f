import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import type { Context } from '#shared/context.ts'
import { memoise } from '#shared/memoise.ts'

export const GenreCount = z.object({ genre: z.string(), films: z.coerce.number().int() })
export type GenreCount = z.infer<typeof GenreCount>

const freshMs = 2_000
const known = memoise((_: Database): { readAtMs: number; genres: GenreCount[] } => ({
  readAtMs: Number.NEGATIVE_INFINITY,
  genres: [],
}))

/** The genres that films of the catalogue have, by name, with how many have each; read once in two seconds by an isolate. */
export async function readGenres({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<GenreCount[]> {
  const entry = known(db)
  const nowMs = clock.now().getTime()
  if (Math.abs(nowMs - entry.readAtMs) < freshMs) return entry.genres
  const { rows } = await db.execute(
    sql`select genre, count(*) as films from films, unnest(genres) as genre group by genre order by genre`,
  )
  entry.genres = z.array(GenreCount).parse(rows)
  entry.readAtMs = nowMs
  return entry.genres
}
