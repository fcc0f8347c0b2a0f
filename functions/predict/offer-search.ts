import { searchManifest, searchPriceCredits } from '#models/movies/manifest.ts'
import type { Context } from '#shared/context.ts'
import { sha256Hex } from '#shared/hash.ts'
import { registerVersion } from './register-version.ts'

/**
 * Puts the search on offer as a predictor, so that it has a price, a version and a form like any other. Nothing has been
 * trained: its artefact is its own description. To offer what is on offer already changes nothing.
 */
export async function offerSearch(ctx: Pick<Context, 'db' | 'actor'>): Promise<void> {
  const artefact = new TextEncoder().encode(JSON.stringify(searchManifest))
  const sha256 = sha256Hex(artefact)
  const version = { manifest: searchManifest, artefact, sha256, dataSha256: sha256, metrics: {}, parameters: {} }
  await registerVersion(ctx, { ...version, priceCredits: searchPriceCredits }, 'the search is on offer')
}
