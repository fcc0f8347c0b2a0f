import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import type { Encoders } from '#functions/encode/encoders.ts'
import type { EncoderDescription } from '#models/_encoders/manifest.ts'
import type { Context } from '#shared/context.ts'
import { violates } from '#shared/database-error.ts'
import { memoise } from '#shared/memoise.ts'
import { Problem } from '#shared/problem.ts'
import { addEncoder } from './add-encoder.ts'

const freshMs = 2_000
const Serving = z.array(z.object({ encoder_id: z.string() })).max(1)

type ServingContext = Pick<Context, 'db' | 'clock'> & { encoders: Encoders }

/** Of an isolate: which encoder serves is asked once in two seconds. */
const remembered = memoise((_db: Context['db']) => ({
  readAtMs: Number.NEGATIVE_INFINITY,
  encoder: undefined as EncoderDescription | undefined,
}))

/**
 * The encoder by whose vectors films are searched: a query has to be encoded by the same. Vectors of one that was
 * retired a moment ago are still there, so that a search may go on with what it knows.
 *
 * @throws Problem `unavailable` when nothing can encode as the catalogue needs it
 */
export async function servingEncoder(ctx: ServingContext): Promise<EncoderDescription> {
  const known = remembered(ctx.db)
  const nowMs = ctx.clock.now().getTime()
  // A clock that was set back may not keep an old one until it has caught up.
  if (known.encoder && Math.abs(nowMs - known.readAtMs) < freshMs) return known.encoder
  const encoder = await readServing(ctx)
  known.readAtMs = nowMs
  known.encoder = encoder
  return encoder
}

/** A catalogue that has no encoder starts with the first on offer. */
async function readServing(ctx: ServingContext): Promise<EncoderDescription> {
  const offered = await ctx.encoders.list()
  const servingId = (await servingIdOf(ctx)) ?? (await startWith(ctx, offered[0]))
  const encoder = offered.find(({ id }) => id === servingId)
  if (encoder) return encoder
  throw new Problem('unavailable', { detail: `The encoder ${servingId ?? 'of films'} is not at hand` })
}

async function servingIdOf({ db }: ServingContext): Promise<string | undefined> {
  const { rows } = await db.execute(sql`
    select encoder_id from catalogue_encoders where catalogue = 'films' and state = 'serving'`)
  return Serving.parse(rows)[0]?.encoder_id
}

async function startWith(ctx: ServingContext, first: EncoderDescription | undefined): Promise<string | undefined> {
  try {
    if (first) await addEncoder(ctx, first, 'serving')
  } catch (error) {
    // Somebody else was faster, with another.
    if (!violates(error, 'one_serving_encoder')) throw error
  }
  return servingIdOf(ctx)
}
