import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Encoders } from '#functions/encode/encoders.ts'
import type { Context } from '#shared/context.ts'
import type { Queue } from '#shared/queue.ts'
import { embedMessage } from './messages.ts'
import { servingEncoder } from './serving-encoder.ts'

const Active = z.array(z.object({ encoder_id: z.string() }))

/**
 * Has films that wait be read by the encoder that serves, and by the one that is being filled, if any do. Where a chain
 * is at work already, a second one ends at once.
 *
 * @param run what films are waiting for: said twice, it begins no second chain
 */
export async function wakeEmbedding(ctx: Context & { encoders: Encoders; queue: Queue }, run: string): Promise<void> {
  // The first film of all finds no encoder yet.
  await servingEncoder(ctx)
  const { rows } = await ctx.db.execute(sql`
    select encoder_id from catalogue_encoders where catalogue = 'films' and state <> 'retired' and exists (
      select from film_embeddings where encoder_id = catalogue_encoders.encoder_id and state = 'waiting')`)
  if (rows.length > 0)
    await ctx.queue.publish(Active.parse(rows).map(({ encoder_id }) => embedMessage(encoder_id, run)))
}
