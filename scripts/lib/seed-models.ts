import { fork } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { offerSearch } from '#functions/predict/offer-search.ts'
import { registerVersion } from '#functions/predict/register-version.ts'
import type { Seeding, Step } from '#infra/local/embedded.ts'
import { TrainedModelRecord } from '#models/_runtime/trained-model.ts'
import type { Progress } from './progress.ts'

const TrainingProgress = z.object({ stage: z.string(), done: z.number(), total: z.number() })

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

  await offerModels(db, folder, step)
}

/**
 * Registers what the database has never seen: what training left in a folder, and the search for films.
 *
 * @returns names of the predictors that have a new version
 */
export async function offerModels(db: Seeding['db'], folder: string, step: Step): Promise<string[]> {
  const { rows } = await db.execute<{ sha256: string }>(sql`select artefact_sha256 as sha256 from model_versions`)
  const registered = new Set(rows.map(({ sha256 }) => sha256))
  const ctx = { db, actor: { kind: 'system' } } as const
  const fresh = readRecords(folder).filter(({ sha256 }) => !registered.has(sha256))
  if (fresh.length > 0)
    await step('Models offered', async () => {
      for (const record of fresh) {
        const artefact = readFileSync(join(folder, `${record.sha256}.onnx`))
        await registerVersion(ctx, { ...record, artefact }, 'trained on this machine')
      }
    })
  const search = await offerSearch(ctx, (sha256) => registered.has(sha256))
  return [...fresh.map(({ manifest }) => manifest.name), ...search]
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

/** In a process of its own: what training takes in memory would otherwise stay with the services. */
function train(names: readonly string[], outFolder: string, detail: Progress['detail']): Promise<void> {
  const child = fork(join(import.meta.dirname, 'train-apart.ts'), [outFolder, ...names])
  child.on('message', (message) => {
    const { stage, done, total } = TrainingProgress.parse(message)
    detail(`training, ${stage}`, `${Math.floor((100 * done) / total)} %`)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error('The models could not be trained'))))
  })
}
