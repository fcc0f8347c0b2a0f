import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { registerVersion } from '#functions/predict/register-version.ts'
import type { Seeding, Step } from '#infra/local/embedded.ts'
import { TrainedModelRecord } from '#models/_runtime/trained-model.ts'
import type { Progress } from './progress.ts'

const modelsFolder = join(import.meta.dirname, '../../models')

/**
 * Trains the domains that nobody has trained on this machine yet, and offers what the database has never seen. What it
 * has seen stays as it is: which version serves is decided there.
 */
export async function seedModels({ db, settings, step }: Seeding, folder: string, detail: Progress['detail']) {
  const { rows: offered } = await db.execute<{ domain: string }>(sql`select distinct domain from predictors`)
  // A database elsewhere is somebody's production: it is given models only as long as it has none.
  if (settings.database.kind !== 'embedded' && offered.length > 0) return
  const known = new Set(
    [...offered, ...readRecords(folder).map(({ manifest }) => manifest)].map(({ domain }) => domain),
  )
  const untrained = readDomains().filter((domain) => !known.has(domain))
  if (untrained.length > 0) await step('Models trained', () => train(untrained, folder, detail))

  await offerTrained(db, folder, step)
}

/**
 * Registers what training left in a folder and the database has never seen.
 *
 * @returns names of the predictors that have a new version
 */
export async function offerTrained(db: Seeding['db'], folder: string, step: Step): Promise<string[]> {
  const { rows } = await db.execute<{ sha256: string }>(sql`select artefact_sha256 as sha256 from model_versions`)
  const registered = new Set(rows.map(({ sha256 }) => sha256))
  const fresh = readRecords(folder).filter(({ sha256 }) => !registered.has(sha256))
  if (fresh.length === 0) return []
  await step('Models offered', async () => {
    for (const record of fresh) {
      const artefact = readFileSync(join(folder, `${record.sha256}.onnx`))
      await registerVersion({ db, actor: { kind: 'system' } }, { ...record, artefact }, 'trained on this machine')
    }
  })
  return fresh.map(({ manifest }) => manifest.name)
}

/** A domain is a folder with a recipe. */
function readDomains(): string[] {
  return readdirSync(modelsFolder).filter((name) => existsSync(join(modelsFolder, name, 'train.ts')))
}

/** What training left: a description beside each artefact. */
function readRecords(folder: string): TrainedModelRecord[] {
  if (!existsSync(folder)) return []
  const descriptions = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return descriptions.map((name) => TrainedModelRecord.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
}

/** Imported when it is needed: the learners and the ONNX writer are a good part of a second. */
async function train(names: readonly string[], outFolder: string, detail: Progress['detail']) {
  const { trainAll } = await import('../train.ts')
  await trainAll({
    names,
    outFolder,
    onProgress: ({ stage, done, total }) => detail(`training, ${stage}`, `${Math.floor((100 * done) / total)} %`),
  })
}
