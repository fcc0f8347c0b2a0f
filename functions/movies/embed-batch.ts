import type { Encoders } from '#functions/encode/encoders.ts'
import type { EncoderDescription } from '#models/_encoders/manifest.ts'
import type { Context } from '#shared/context.ts'
import { sha256Hex } from '#shared/hash.ts'
import { errorFields } from '#shared/log.ts'
import { type ClaimedFilm, claimFilms } from './claim-films.ts'
import { type EncodingFailure, recordEmbeddings, type TextVector } from './record-embeddings.ts'
import { textsOfFilm } from './texts-of-film.ts'

/** What a callback may keep an encoder busy with: some tenths of a second. */
const batchSize = 8
const longestError = 500

export type Embedded = { kind: 'busy' | 'idle' } | { kind: 'embedded'; films: number; failed: number }

/** Has the encoder read the films that have waited longest, one text after another: between two, others come in. */
export async function embedBatch(
  ctx: Pick<Context, 'db' | 'log'> & { encoders: Encoders },
  encoder: EncoderDescription,
): Promise<Embedded> {
  const claim = await claimFilms(ctx, encoder.id, batchSize)
  if (claim.kind !== 'claimed') return claim
  const texts: TextVector[] = []
  const failures: EncodingFailure[] = []
  for (const film of claim.films) {
    try {
      texts.push(...(await encodeFilm(ctx, encoder, film)))
    } catch (error) {
      ctx.log('error', 'encoding_failed', { film_id: film.id, encoder_id: encoder.id, ...errorFields(error) })
      failures.push({ film_id: film.id, error: reasonOf(error) })
    }
  }
  await recordEmbeddings(ctx, { encoderId: encoder.id, leaseToken: claim.leaseToken }, { texts, failures })
  return { kind: 'embedded', films: claim.films.length, failed: failures.length }
}

/** A text that is as it was when it was encoded is not encoded again. */
async function encodeFilm({ encoders }: { encoders: Encoders }, encoder: EncoderDescription, film: ClaimedFilm) {
  const vectors: TextVector[] = []
  for (const { language, text } of textsOfFilm(encoder, film)) {
    const text_sha256 = sha256Hex(text)
    const isKnown = film.known_sha256s.includes(text_sha256)
    const [vector] = isKnown ? [] : await encoders.encode(encoder.id, [{ text, purpose: 'document' }])
    if (!isKnown && vector?.length !== encoder.dimensions)
      throw new Error(`the encoder gave ${vector?.length ?? 'no'} numbers instead of ${encoder.dimensions}`)
    vectors.push({ film_id: film.id, language, text_sha256, vector })
  }
  return vectors
}

/** With its cause, which says what a service answered. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return (cause instanceof Error ? cause.message : String(cause)).slice(0, longestError)
}
