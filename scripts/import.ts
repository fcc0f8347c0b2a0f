import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { EXAMPLES } from '#models/_import/example-rows.ts'
import { type ImportedModel, importModel } from '#models/_import/import-model.ts'
import { nodeOrt } from '#models/_runtime/ort-node.ts'
import { offerImported } from './lib/offer-imported.ts'
import { type OpenDatabase, openDatabase } from './lib/open-database.ts'
import { writeThingsToTry } from './lib/welcome.ts'

const usage = `npm run import -- <model.onnx> --manifest <manifest.json> [--price <credits a row>] [--check <rows.csv>]

Offers an ONNX file that scikit-learn, LightGBM, XGBoost or CatBoost exported as a predictor. The file is linted, brought to
our inputs and outputs, and tried; with rows whose truth is known it is judged, and gets an interval. How to export and
what the manifest holds: docs/import.md. The database is that of DATABASE_URL, else the one that runs here.`

const Command = z.object({
  file: z.string(),
  manifest: z.string(),
  price: z.coerce.number().int().min(1).default(1),
  check: z.string().optional(),
})

function readCommand() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { manifest: { type: 'string' }, price: { type: 'string' }, check: { type: 'string' } },
  })
  return positionals.length === 1 ? Command.safeParse({ file: positionals[0], ...values }).data : undefined
}

/** npm runs scripts in the project's folder, wherever it was called. */
function read(path: string) {
  return readFile(resolve(process.env.INIT_CWD ?? '.', path))
}

async function readJson(path: string): Promise<unknown> {
  const text = (await read(path)).toString()
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`${path} is not JSON: ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

async function main(): Promise<number> {
  const command = readCommand()
  if (command === undefined) {
    console.error(usage)
    return 2
  }
  const { file, price, check } = command
  const model = await importModel({
    bytes: await read(file),
    draft: await readJson(command.manifest),
    priceCredits: price,
    ort: nodeOrt,
    ...(check !== undefined && { check: (await read(check)).toString() }),
  })
  report(model, file)
  const database = await openDatabase()
  try {
    const credits = await offerImported(database.db, model, basename(file))
    console.log(`\n${model.manifest.name} serves now in ${database.place}, for ${credits} credits a row.\n`)
    console.log(whatToTry(model, credits, database))
  } finally {
    await database.close()
  }
  return 0
}

function report({ manifest, metrics, sizeBytes, sha256, parameters, examples }: ImportedModel, file: string) {
  const quality = Object.entries(metrics).map(([name, value]) => `${name} ${value}`)
  console.log(
    `${file} is sound: ${parameters.imported_from}, ${Math.round(sizeBytes / 1000)} kB as ${sha256.slice(0, 12)}`,
  )
  console.log(quality.length > 0 ? `On the rows to check: ${quality.join(', ')}` : 'Not judged: give --check rows.csv')
  for (const [i, row] of examples.rows.entries())
    console.log(
      `${`${EXAMPLES[i]}:`.padEnd(27)} ${manifest.output.label} ${row.value} ${manifest.output.unit} ${row.label ?? ''}`,
    )
}

function whatToTry({ manifest }: ImportedModel, priceCredits: number, { publicUrl, isEmbedded }: OpenDatabase): string {
  const data = Object.fromEntries(manifest.features.map((feature) => [feature.name, [feature.default]]))
  const example = { modelName: manifest.name, title: manifest.title, priceCredits, data }
  const url = publicUrl ?? 'http://localhost:8787'
  return writeThingsToTry({ publicUrl: url, hasDemoAccounts: isEmbedded, example }).join('\n')
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return 1
})
