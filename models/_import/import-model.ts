import type { onnx } from 'onnx-proto'
import { assertModel, FOREIGN_RULES, type ModelInterface } from '../_onnx/check-model.ts'
import { decodeModel } from '../_onnx/lint/decode-model.ts'
import { inputType } from '../_runtime/encode-feeds.ts'
import type { Columns, Manifest } from '../_runtime/manifest.ts'
import { createModelRuntime } from '../_runtime/model-runtime.ts'
import type { OrtProvider } from '../_runtime/ort-backend.ts'
import type { PredictedRow } from '../_runtime/read-rows.ts'
import { sha256Hex } from '../_runtime/sha256.ts'
import type { TrainedModel } from '../_runtime/trained-model.ts'
import { bindInputs } from './bind-inputs.ts'
import { type Conversion, convertModel } from './convert-model.ts'
import { EXAMPLES, exampleRows } from './example-rows.ts'
import { COVERAGE, conformalRadius, judgeModel } from './judge-model.ts'
import { readDraft, toManifest } from './manifest-draft.ts'
import { pickOutput } from './pick-output.ts'
import { readRowsToCheck } from './read-rows-to-check.ts'
import { tryRows, type Written } from './try-rows.ts'

export interface Import {
  /** An ONNX file as scikit-learn, LightGBM, XGBoost or CatBoost export it. */
  bytes: Uint8Array
  /** What the file does not tell, as JSON: see `ManifestDraft`. */
  draft: unknown
  priceCredits: number
  ort: OrtProvider
  /** The text of a CSV file of rows with their truth, which the model was not fitted to. */
  check?: string
}

export interface ImportedModel extends TrainedModel {
  /** Rows that the model was tried with, and its answers. */
  examples: { columns: Columns; rows: PredictedRow[] }
}

/**
 * Makes a predictor of a model from elsewhere: lints the file, puts our inputs and outputs around it, runs it, and, given
 * rows whose truth is known, judges it by them and promises an interval.
 *
 * @throws Error that says what is wrong with the file, the manifest or the rows, and what to do
 */
export async function importModel({ bytes, draft, priceCredits, ort, check }: Import): Promise<ImportedModel> {
  const { finish, ...bare } = await readForeign(bytes, draft)
  const runtime = createModelRuntime({ ort })
  try {
    const columns = exampleRows(bare.manifest)
    await tryRows(runtime, bare, columns, (row) => EXAMPLES[row] ?? '')
    const known = check === undefined ? undefined : readRowsToCheck(check, bare.manifest)
    const answers =
      known && (await tryRows(runtime, bare, known.columns, (row) => `line ${row + 2} of the rows to check`))
    const truth = known?.truth ?? new Float64Array()
    const metrics = answers ? judgeModel(answers, truth, bare.manifest.classes) : {}
    const radius = answers && !bare.manifest.classes ? conformalRadius(answers, truth) : undefined
    const final = await finish({ ...metrics, ...(radius !== undefined && { interval_radius: radius }) }, radius)
    const rows = await tryRows(runtime, final, columns, (row) => EXAMPLES[row] ?? '')
    const dataSha256 = check === undefined ? 'unknown' : await sha256Hex(new TextEncoder().encode(check))
    return { ...final, sizeBytes: final.artefact.length, dataSha256, priceCredits, examples: { columns, rows } }
  } finally {
    runtime.release()
  }
}

/** The model as it can be tried, and how to write it for good once it has been judged. */
async function readForeign(bytes: Uint8Array, json: unknown) {
  assertModel(bytes, FOREIGN_RULES)
  const decoded = decodeModel(bytes)
  if (!decoded.ok) throw new Error(decoded.problem)
  const { model, graph } = decoded
  const draft = readDraft(json)
  const picked = pickOutput(graph, draft)
  const origin = { model, graph, picked, bindings: bindInputs(graph, draft) }
  const parameters = {
    imported_from: nameProducer(model),
    original_sha256: await sha256Hex(bytes),
  }
  const bare = toManifest(draft, { classes: picked.classes })
  return {
    ...(await write({ ...origin, manifest: bare, metadata: {} })),
    async finish(metrics: Record<string, number>, radius?: number) {
      const manifest = radius === undefined ? bare : toManifest(draft, { interval: { coverage: COVERAGE } })
      const about = Object.entries({ manifest, metrics, parameters }).map(([key, it]) => [key, JSON.stringify(it)])
      const metadata = { name: manifest.name, ...Object.fromEntries(about) }
      const written = await write({ ...origin, manifest, metadata, ...(radius !== undefined && { radius }) })
      return { ...written, metrics, parameters }
    },
  }
}

/** CatBoost's version is a page of text. */
function nameProducer({ producerName, producerVersion }: onnx.IModelProto): string {
  const version = /^[\w.+-]{1,30}$/.exec(producerVersion ?? '')?.[0] ?? ''
  return `${producerName || 'unknown'} ${version}`.trim()
}

async function write(conversion: Conversion): Promise<Written> {
  const { manifest } = conversion
  const artefact = convertModel(conversion)
  assertModel(artefact, FOREIGN_RULES, interfaceOf(manifest))
  return { manifest, artefact, sha256: await sha256Hex(artefact) }
}

function interfaceOf({ features, output: { name }, classes, interval }: Manifest): ModelInterface {
  return {
    inputs: Object.fromEntries(features.map((feature) => [feature.name, inputType(feature)])),
    outputs: { [name]: classes?.length ?? 1, ...(interval && { [`${name}_lower`]: 1, [`${name}_upper`]: 1 }) },
  }
}
