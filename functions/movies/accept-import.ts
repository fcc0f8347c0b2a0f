import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'
import { type Idempotency, makeOnce } from '#shared/idempotency.ts'
import { newId } from '#shared/ids.ts'
import type { FilmRecords } from './read-film-records.ts'

/** Records a statement: a few hundred kilobytes. */
const chunkSize = 1_000

export interface Delivery extends FilmRecords {
  /** File name, `api`, or `film` for a single one. */
  source: string
  /** Of a file: what was delivered once is not again. */
  contentSha256?: string
  idempotency?: Idempotency | undefined
}

const AcceptedRow = z
  .object({
    id: z.string(),
    total: z.coerce.number(),
    rejected: z.array(z.object({ index: z.number(), reason: z.string() })),
    request_hash: z.string().nullable(),
  })
  .transform(({ request_hash: requestHash, ...row }) => ({ ...row, requestHash }))

/**
 * Takes in a delivery of films as it is, all of it or nothing: they are stored from there, a batch at a time.
 *
 * @throws Problem `idempotency_key_reused`
 */
export async function acceptImport(ctx: Pick<Context, 'db' | 'actor'>, delivery: Delivery) {
  const { row, replayed } = await makeOnce(delivery.idempotency, {
    make: () => insertImport(ctx, delivery),
    find: (key) => findImportByKey(ctx, key),
  })
  return { importId: row.id, accepted: row.total, rejected: row.rejected, replayed }
}

async function insertImport(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  { films, rejected, source, contentSha256, idempotency }: Delivery,
) {
  const id = newId('import')
  const userId = actor.kind === 'user' ? actor.userId : null
  const requestHash = idempotency?.requestHash ?? null
  const chunks = Array.from({ length: Math.ceil(films.length / chunkSize) }, (_, i) =>
    films.slice(i * chunkSize, (i + 1) * chunkSize),
  )
  await db.batch([
    db.execute(sql`
      insert into film_imports (id, user_id, source, content_sha256, total, rejected, idempotency_key, request_hash)
      values (${id}, ${userId}, ${source}, ${contentSha256 ?? null}, ${films.length},
        ${JSON.stringify(rejected)}::jsonb, ${idempotency?.key ?? null}, ${requestHash})`),
    ...chunks.map((chunk) =>
      db.execute(sql`
        insert into film_import_items (import_id, position, record)
        select ${id}, position, record
        from jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb) as item (position integer, record jsonb)`),
    ),
  ])
  return { id, total: films.length, rejected, requestHash }
}

async function findImportByKey({ db, actor }: Pick<Context, 'db' | 'actor'>, key: string) {
  if (actor.kind !== 'user') return undefined
  const { rows } = await db.execute(sql`
    select id, total, rejected, request_hash from film_imports
    where user_id = ${actor.userId} and idempotency_key = ${key}`)
  return z.array(AcceptedRow).parse(rows)[0]
}
