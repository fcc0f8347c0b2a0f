import { createRoute, z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Encoders } from '#functions/encode/encoders.ts'
import type { Context } from '#shared/context.ts'
import { violates } from '#shared/database-error.ts'
import { secured } from '#shared/identity.ts'
import { newId } from '#shared/ids.ts'
import { NotFound, Problem, problems } from '#shared/problem.ts'
import { addEncoder } from './add-encoder.ts'
import { EncoderView, readEncoder } from './encoder-view.ts'
import { forgetRetired } from './forget-encoder.ts'
import type { MoviesApp } from './services.ts'
import { wakeEmbedding } from './wake-embedding.ts'

const startReembedding = createRoute({
  operationId: 'startReembedding',
  method: 'post',
  path: '/encoders/{encoder_id}/reembedding',
  tags: ['Administration'],
  summary: 'Have another encoder read the catalogue and take over',
  description: `Searches go on by the present one meanwhile, and films that are added or changed are read by both. When every
film has its vectors, searches go over to the new encoder at once; what the old one made is kept until the next re-embedding,
or until it is deleted. One that serves already stays as it is.`,
  ...secured('admin'),
  request: { params: z.object({ encoder_id: z.string().max(100) }) },
  responses: {
    202: { description: 'The encoder', content: { 'application/json': { schema: EncoderView } } },
    ...problems(401, 403, 404, 409, 422, 503),
  },
})

export function registerStartReembedding(app: MoviesApp) {
  app.openapi(startReembedding, async (c) => {
    const ctx = c.get('ctx')
    const { encoder_id } = c.req.valid('param')
    await reembed(ctx, encoder_id)
    ctx.defer(wakeEmbedding(ctx, newId('lease')))
    ctx.log('info', 'reembedding_started', { encoder_id, by: ctx.actor.userId })
    return c.json(await readEncoder(ctx, encoder_id), 202)
  })
}

/**
 * @throws NotFound for an encoder that is not on offer
 * @throws Problem `already_reembedding` while another is being filled
 */
export async function reembed(ctx: Pick<Context, 'db'> & { encoders: Encoders }, encoderId: string): Promise<void> {
  const encoder = (await ctx.encoders.list()).find(({ id }) => id === encoderId)
  if (!encoder) throw new NotFound('encoder')
  await forgetRetired(ctx, encoderId)
  try {
    await addEncoder(ctx, encoder, 'filling')
  } catch (error) {
    if (violates(error, 'one_filling_encoder')) throw new Problem('already_reembedding')
    throw error
  }
  // Of one that was being filled already, what failed is tried again.
  await ctx.db.execute(sql`
    update film_embeddings set state = 'waiting', attempts = 0, lease_expires_at = null, updated_at = now()
    where encoder_id = ${encoderId} and state = 'failed'
      and exists (select from catalogue_encoders where catalogue = 'films' and catalogue_encoders.encoder_id = ${encoderId}
        and catalogue_encoders.state = 'filling')`)
}
