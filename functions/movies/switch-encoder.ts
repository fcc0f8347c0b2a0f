import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'

const Switched = z.array(z.object({ encoder_id: z.string() }))

/**
 * Lets the encoder that is being filled serve as soon as every film has its vectors; the one before is retired, and its
 * vectors stay for searches under way. A film that neither could read holds nothing up; one that only the new one cannot
 * does, since it would be lost to searches.
 *
 * One statement: there is no moment without an encoder that serves, and none with two.
 */
export async function switchEncoder(ctx: Pick<Context, 'db' | 'log'>): Promise<void> {
  const { rows } = await ctx.db.execute(sql`
    with ready as (
      select encoder_id from catalogue_encoders as filling
      where catalogue = 'films' and state = 'filling' and not exists (
        select from films
        left join film_embeddings as embedding on embedding.film_id = films.id and embedding.encoder_id = filling.encoder_id
        where embedding.state is distinct from 'done' and (embedding.state is distinct from 'failed' or exists (
          select from film_embeddings as served join catalogue_encoders as serving using (encoder_id)
          where served.film_id = films.id and served.state = 'done'
            and serving.catalogue = 'films' and serving.state = 'serving')))
    ), retired as (
      update catalogue_encoders set state = 'retired', retired_at = now()
      where catalogue = 'films' and state = 'serving' and exists (select from ready) returning encoder_id
    )
    update catalogue_encoders set state = 'serving', serving_since = now()
    where catalogue = 'films' and state = 'filling' and encoder_id in (select encoder_id from ready)
      and (select count(*) from retired) = 1
    returning encoder_id`)
  for (const { encoder_id } of Switched.parse(rows)) ctx.log('info', 'encoder_switched', { encoder_id })
}
