import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { UserContext } from '#shared/context.ts'
import { idPattern } from '#shared/ids.ts'
import { NotFound } from '#shared/problem.ts'

export const verdicts = ['like', 'dislike', 'none'] as const
export type Verdict = (typeof verdicts)[number]

const Changed = z.tuple([z.object({ popularity: z.coerce.number() })])

/**
 * Remembers what somebody thinks of a film, or forgets it. The film's popularity follows in the same statement, by a
 * trigger, so that many who change their minds at once are all counted.
 *
 * @returns the film's popularity after it: likes less dislikes
 * @throws NotFound
 */
export async function setVerdict(
  { db, actor }: Pick<UserContext, 'db' | 'actor'>,
  filmId: string,
  verdict: Verdict,
): Promise<number> {
  if (!idPattern('film').test(filmId)) throw new NotFound('film')
  const change =
    verdict === 'none'
      ? sql`delete from film_verdicts where user_id = ${actor.userId} and film_id = ${filmId}`
      : sql`
          insert into film_verdicts (user_id, film_id, verdict)
          select ${actor.userId}, id, ${verdict === 'like' ? 1 : -1} from films where id = ${filmId}
          on conflict (user_id, film_id) do update set verdict = excluded.verdict, created_at = now()
          where film_verdicts.verdict <> excluded.verdict`
  const [, { rows }] = await db.batch([
    db.execute(change),
    db.execute(sql`select popularity from films where id = ${filmId}`),
  ])
  if (rows.length === 0) throw new NotFound('film')
  const [{ popularity }] = Changed.parse(rows)
  return popularity
}
