import { readFile } from 'node:fs/promises'
import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { registerVersion } from '#functions/predict/register-version.ts'
import type { Manifest } from '#models/_runtime/manifest.ts'
import { parseCars, pricedCars } from '#models/cars/features.ts'
import { carFeatures, carManifest } from '#models/cars/manifest.ts'
import { sha256Hex } from '../hash.ts'
import { testContext } from './users.ts'

let made = 0

/** A predictor of this test's own, whose artefact no runtime can load: for tests about money and jobs, not models. */
export async function givenPredictor({ priceCredits = 1 } = {}) {
  const ctx = testContext()
  const name = `test_${process.pid}_${Date.now().toString(36)}_${made++}`
  const artefact = new TextEncoder().encode(`artefact of ${name}`)
  const manifest: Manifest = {
    name,
    domain: 'test',
    title: 'A test',
    task: 'regression',
    summary: '',
    features: [{ name: 'x', label: 'x', type: 'number', required: true, nullable: false, default: 0, range: [0, 10] }],
    output: { name: 'y', label: 'y', unit: '' },
    interval: { coverage: 0.9 },
    baseline: 0,
  }
  const sha256 = sha256Hex(artefact)
  await register(manifest, artefact, priceCredits)
  const { rows } = await ctx.db.execute(sql`select champion_version_id as id from predictors where name = ${name}`)
  const [{ id: versionId }] = z.tuple([z.object({ id: z.string() })]).parse(rows)
  return { predictorName: name, versionId, artefactSha256: sha256 }
}

/** The predictor that the examples name, with the features of the real one; its artefact, too, no runtime can load. */
export async function givenCarPredictor({ name = 'random_forest', priceCredits = 3 } = {}) {
  const table = parseCars(await readFile(new URL('../../../models/cars/imports-85.csv', import.meta.url), 'utf8'))
  const features = carFeatures(pricedCars(table))
  const manifest = carManifest(features, { name, title: 'A test', summary: 'For tests', baseline: 0 })
  await register(manifest, new TextEncoder().encode(`artefact of ${name}`), priceCredits)
  return { predictorName: name, priceCredits, manifest }
}

async function register(manifest: Manifest, artefact: Uint8Array, priceCredits: number) {
  const sha256 = sha256Hex(artefact)
  await registerVersion(
    testContext(),
    { manifest, artefact, sha256, metrics: { r2: 1 }, parameters: {}, dataSha256: sha256, priceCredits },
    'test',
  )
}
