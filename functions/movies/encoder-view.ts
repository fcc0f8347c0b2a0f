import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { encoderStates } from '#db/schema/encoders.ts'
import type { Encoders } from '#functions/encode/encoders.ts'
import type { EncoderDescription } from '#models/_encoders/manifest.ts'
import type { Context } from '#shared/context.ts'
import { NotFound } from '#shared/problem.ts'

/** An encoder that is on offer or has vectors, and how much of the catalogue it has read. */
export const EncoderView = z
  .object({
    id: z.string(),
    name: z.string(),
    dimensions: z.number().int(),
    languages: z.array(z.string()).openapi({ description: '`*`: all; none of one that is no longer on offer' }),
    state: z.enum([...encoderStates, 'available']),
    films: z.number().int().openapi({ description: 'Of the catalogue' }),
    embedded: z.number().int(),
    failed: z.number().int(),
    serving_since: z.iso.datetime().nullable(),
  })
  .openapi('CatalogueEncoder')

type EncoderView = z.infer<typeof EncoderView>

const InCatalogue = z.object({
  encoder_id: z.string(),
  dimensions: z.number(),
  state: z.enum(encoderStates),
  serving_since: z.coerce.date().nullable(),
  films: z.coerce.number(),
  embedded: z.coerce.number(),
  failed: z.coerce.number(),
})

type EncoderContext = Pick<Context, 'db'> & { encoders: Encoders }

/** Those on offer, then those that are known only by what they left. */
export async function readEncoders({ db, encoders }: EncoderContext): Promise<EncoderView[]> {
  const offered = await encoders.list()
  const { rows } = await db.execute(sql`
    select encoder_id, dimensions, state, serving_since, (select count(*) from films) as films,
      (select count(*) from film_embeddings as e where e.encoder_id = encoder.encoder_id and e.state = 'done') as embedded,
      (select count(*) from film_embeddings as e where e.encoder_id = encoder.encoder_id and e.state = 'failed') as failed
    from catalogue_encoders as encoder where catalogue = 'films' order by created_at, encoder_id`)
  const used = z.array(InCatalogue).parse(rows)
  const [first] = used
  const gone = used.filter(({ encoder_id }) => !offered.some(({ id }) => id === encoder_id))
  return [
    ...offered.map((encoder) => {
      const row = used.find(({ encoder_id }) => encoder_id === encoder.id)
      return row ? toView(row, encoder) : availableView(encoder, first?.films ?? 0)
    }),
    ...gone.map((row) => toView(row)),
  ]
}

/** @throws NotFound for one that is neither on offer nor has vectors */
export async function readEncoder(ctx: EncoderContext, encoderId: string): Promise<EncoderView> {
  const found = (await readEncoders(ctx)).find(({ id }) => id === encoderId)
  if (!found) throw new NotFound('encoder')
  return found
}

function toView({ encoder_id, serving_since, ...row }: z.infer<typeof InCatalogue>, offered?: EncoderDescription) {
  const name = offered?.name ?? encoder_id.replace(/@.*/, '')
  const languages = [...(offered?.languages ?? [])]
  return { id: encoder_id, name, languages, ...row, serving_since: serving_since?.toISOString() ?? null }
}

function availableView({ id, name, dimensions, languages }: EncoderDescription, films: number): EncoderView {
  const unread = { films, embedded: 0, failed: 0, serving_since: null }
  return { id, name, dimensions, languages: [...languages], state: 'available', ...unread }
}
