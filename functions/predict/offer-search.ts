import { searchManifest, searchPriceCredits } from '#models/movies/manifest.ts'
import type { Context } from '#shared/context.ts'
import { sha256Hex } from '#shared/hash.ts'
import { registerVersion } from './register-version.ts'

/**
 * Puts the search on offer as a predictor, so that it has a price, a version and a form like any other. Nothing has been
 * trained: its artefact is its own description.
 *
 * @param isKnown whether an artefact is registered already; then nothing is changed
 * @returns names of the predictors that have a new version
 */
export async function offerSearch(
  ctx: Pick<Context, 'db' | 'actor'>,
  isKnown: (sha256: string) => boolean = () => false,
): Promise<string[]> {
  const artefact = new TextEncoder().encode(JSON.stringify(searchManifest))
  const sha256 = sha256Hex(artefact)
  if (isKnown(sha256)) return []
  const version = { manifest: searchManifest, artefact, sha256, dataSha256: sha256, metrics: {}, parameters: {} }
  await registerVersion(ctx, { ...version, priceCredits: searchPriceCredits }, 'the search is on offer')
  return [searchManifest.name]
}
