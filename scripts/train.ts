import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { TrainingControl } from '#models/_learn/control.ts'
import type { TrainedModel, TrainedModelRecord } from '#models/_runtime/trained-model.ts'
import { renderCarCard } from '#models/cars/card.ts'
import { makeGolden } from '#models/cars/golden.ts'
import { trainCars } from '#models/cars/train.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const carsFolder = join(root, 'models', 'cars')
export const artefactsFolder = join(root, '.auspex', 'artefacts')

interface Domain {
  train(options: TrainingControl & { seed?: number }): Promise<TrainedModel[]>
  /** Writes what the repository says about the models: the card and the golden cases. */
  document(models: readonly TrainedModel[]): Promise<void>
}

const domains: Readonly<Record<string, Domain>> = {
  cars: {
    async train(options) {
      return trainCars({ csv: await readFile(join(carsFolder, 'imports-85.csv'), 'utf8'), ...options })
    },
    async document(models) {
      await writeFile(join(carsFolder, 'card.md'), renderCarCard(models))
      await writeFile(join(carsFolder, 'golden.json'), `${JSON.stringify(await makeGolden(models), null, 1)}\n`)
    },
  },
}

interface TrainOptions extends TrainingControl {
  /** All of them unless named. */
  names?: readonly string[]
  outFolder?: string
  seed?: number
}

/** Trains every predictor of the domains and leaves each as `<sha256>.onnx` with `<name>.json` beside it. */
export async function trainAll({
  names = Object.keys(domains),
  outFolder = artefactsFolder,
  ...options
}: TrainOptions = {}) {
  const trained: TrainedModel[] = []
  for (const name of names) {
    const models = await findDomain(name).train(options)
    await save(models, outFolder)
    trained.push(...models)
  }
  return trained
}

function findDomain(name: string): Domain {
  const domain = Object.hasOwn(domains, name) ? domains[name] : undefined
  if (domain === undefined)
    throw new Error(`no domain is called ${name}; there are: ${Object.keys(domains).join(', ')}`)
  return domain
}

async function save(models: readonly TrainedModel[], folder: string) {
  await mkdir(folder, { recursive: true })
  for (const { artefact, ...record } of models) {
    await writeWhole(join(folder, `${record.sha256}.onnx`), artefact)
    const description: TrainedModelRecord = record
    await writeWhole(join(folder, `${record.manifest.name}.json`), `${JSON.stringify(description, null, 2)}\n`)
  }
}

/** All of the file or none of it, whenever the process dies. */
async function writeWhole(path: string, content: string | Uint8Array) {
  const partial = `${path}.${process.pid}.partial`
  await writeFile(partial, content)
  await rename(partial, path)
}

function showProgress(): NonNullable<TrainingControl['onProgress']> {
  let last = ''
  return ({ stage, done, total }) => {
    const line = `${stage}: ${Math.floor((100 * done) / total)} %`
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`)
    else if (stage !== last) process.stderr.write(`${stage} ...\n`)
    last = stage
  }
}

function report({ manifest, metrics, priceCredits, sha256, sizeBytes }: TrainedModel) {
  const { r2 = 0, r2_sd = 0, mae = 0, interval_radius = 0, interval_coverage = 0 } = metrics
  console.log(
    [
      manifest.name.padEnd(18),
      `R2 ${r2.toFixed(3)} +- ${r2_sd.toFixed(3)}`,
      `MAE ${mae.toFixed(0)}`,
      `90 % interval +- ${(100 * interval_radius).toFixed(1)} % (covers ${(100 * interval_coverage).toFixed(1)} %)`,
      `${priceCredits} credits`,
      `${Math.round(sizeBytes / 1000)} kB`,
      sha256.slice(0, 12),
    ].join('  '),
  )
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string' }, card: { type: 'boolean', default: false }, seed: { type: 'string' } },
  })
  const names = positionals.length > 0 ? positionals : Object.keys(domains)
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort(new Error('stopped')))
  const startedMs = performance.now()
  const models = await trainAll({
    names,
    ...(values.out !== undefined && { outFolder: values.out }),
    ...(values.seed !== undefined && { seed: Number(values.seed) }),
    onProgress: showProgress(),
    signal: stop.signal,
  })
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  for (const model of models) report(model)
  console.log(`Trained in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`)
  if (values.card) {
    for (const name of names) {
      await findDomain(name).document(models.filter(({ manifest }) => manifest.domain === name))
      console.log(`Wrote models/${name}/card.md and golden.json`)
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
