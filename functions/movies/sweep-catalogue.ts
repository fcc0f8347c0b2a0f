import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Encoders } from '#functions/encode/encoders.ts'
import type { Context } from '#shared/context.ts'
import type { Queue } from '#shared/queue.ts'
import { finishImports } from './finish-imports.ts'
import { storeMessage } from './messages.ts'
import { switchEncoder } from './switch-encoder.ts'
import { wakeEmbedding } from './wake-embedding.ts'

const Unstored = z.array(z.object({ import_id: z.string() }))

/**
 * Takes up what was lost: films that nobody was told to read, deliveries that are not stored to the end, chains that
 * broke off. Run by cron; what is at work already is not disturbed.
 *
 * A part that fails keeps no other part from being done.
 *
 * @throws Error with the first failure as its cause, after everything else is done
 */
export async function sweepCatalogue(ctx: Context & { encoders: Encoders; queue: Queue }): Promise<void> {
  const run = `cron-${Math.floor(ctx.clock.now().getTime() / 60_000)}`
  const parts = [
    () => queueForgotten(ctx),
    () => publishUnstored(ctx, run),
    () => wakeEmbedding(ctx, run),
    () => switchEncoder(ctx),
    () => finishImports(ctx),
  ]
  const failures: unknown[] = []
  for (const part of parts) await part().catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw new Error(`${failures.length} parts of the sweep failed`, { cause: failures[0] })
}

/** A film that was stored in the moment in which an encoder came was seen by neither statement. */
async function queueForgotten({ db }: Pick<Context, 'db'>): Promise<void> {
  await db.execute(sql`
    insert into film_embeddings (encoder_id, film_id)
    select encoder_id, films.id from catalogue_encoders, films
    where catalogue = 'films' and state <> 'retired' and not exists (
      select from film_embeddings as known
      where known.encoder_id = catalogue_encoders.encoder_id and known.film_id = films.id)
    on conflict do nothing`)
}

async function publishUnstored({ db, queue }: { db: Context['db']; queue: Queue }, run: string): Promise<void> {
  const { rows } = await db.execute(sql`
    select id as import_id from film_imports where finished_at is null
      and exists (select from film_import_items where import_id = film_imports.id and film_id is null)
    order by id limit 100`)
  const messages = Unstored.parse(rows).map(({ import_id }) => storeMessage(import_id, run))
  if (messages.length > 0) await queue.publish(messages)
}
