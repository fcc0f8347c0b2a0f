import type { TrainingControl } from '../_learn/control.ts'
import { meanAndDeviation } from '../_learn/judging/mean-and-deviation.ts'
import { assertModel, type ModelInterface, TABULAR_RULES } from '../_onnx/check-model.ts'
import { GraphBuilder } from '../_onnx/graph-builder.ts'
import { inputType } from '../_runtime/encode-feeds.ts'
import type { ExplainedManifest } from '../_runtime/manifest.ts'
import { sha256Hex } from '../_runtime/sha256.ts'
import type { TrainedModel } from '../_runtime/trained-model.ts'
import { type CrossValidation, crossValidate, type Protocol } from './cross-validate.ts'
import { type FeatureTable, hideFeature } from './feature-table.ts'
import type { Recipe } from './recipe.ts'
import { addServedModel, type ServedModel } from './served-model.ts'

export interface RegressionTask {
  /** Of the recipe and the baseline that it leads to. */
  manifest(recipe: Recipe, baseline: number): ExplainedManifest
  table: FeatureTable
  target: Float64Array
  dataSha256: string
  /** A feature that callers may leave out: a second model, in the same artefact, learns to do without. */
  optionalFeature: string
  folds: number
  repeats: number
  seed: number
}

/** A trained model that has no price yet, with the reference that its artefact must agree with. */
export interface TrainedRegressor {
  trained: Omit<TrainedModel, 'priceCredits'>
  served: ServedModel
}

/** Judges a recipe by repeated cross-validation, fits it to all rows and writes the artefact. */
export async function trainRegressor(
  recipe: Recipe,
  task: RegressionTask,
  control: TrainingControl = {},
): Promise<TrainedRegressor> {
  const { table, target, optionalFeature, seed } = task
  const sorted = target.slice().sort()
  const floor = Math.fround(sorted[Math.floor(sorted.length / 10)] ?? 0)
  const protocol = { folds: task.folds, repeats: task.repeats, seed, coverage: 0.9, floor }
  const blind = hideFeature(table, optionalFeature)
  const validation = await crossValidate(recipe, table, target, protocol, staged(control, recipe, 1))
  const blindValidation = await crossValidate(recipe, blind, target, protocol, staged(control, recipe, 2))
  const model = await recipe.fit(table, target, { seed, signal: control.signal })
  const blindModel = await recipe.fit(blind, target, { seed, signal: control.signal })
  const optional = table.columns.findIndex(({ name }) => name === optionalFeature)
  const column = table.columns[optional]
  if (column?.kind !== 'key') throw new Error(`${optionalFeature} is not a feature with keys`)
  const served: ServedModel = {
    manifest: task.manifest(recipe, Math.fround(model.baseline)),
    floor,
    full: { model, radius: validation.radius },
    without: {
      model: blindModel,
      radius: blindValidation.radius,
      feature: optional,
      reading: column.reading,
      keys: [...new Set(column.keys)].filter((key) => key !== '').sort(),
    },
  }
  const metrics = summarise(validation, blindValidation, protocol, table.rows)
  return { trained: await writeArtefact(recipe, task, served, metrics), served }
}

/** Both validations of a recipe count as one stage of twice the length. */
function staged({ onProgress, signal }: TrainingControl, recipe: Recipe, part: 1 | 2): TrainingControl {
  return {
    signal,
    onProgress: (progress) =>
      onProgress?.({
        stage: recipe.name,
        done: progress.done + (part - 1) * progress.total,
        total: 2 * progress.total,
      }),
  }
}

function summarise(full: CrossValidation, blind: CrossValidation, protocol: Protocol, rows: number) {
  const of = ({ folds }: CrossValidation, metric: 'r2' | 'mae' | 'rmse' | 'mape') =>
    meanAndDeviation(folds.map((fold) => fold[metric]))
  const r2 = of(full, 'r2')
  const mae = of(full, 'mae')
  const metrics = {
    r2: r2.mean,
    r2_sd: r2.sd,
    mae: mae.mean,
    mae_sd: mae.sd,
    rmse: of(full, 'rmse').mean,
    mape: of(full, 'mape').mean,
    interval_radius: full.radius,
    interval_coverage: full.intervalCoverage,
    r2_without_optional: of(blind, 'r2').mean,
    mae_without_optional: of(blind, 'mae').mean,
    interval_radius_without_optional: blind.radius,
    interval_coverage_without_optional: blind.intervalCoverage,
    rows,
    folds: protocol.folds,
    repeats: protocol.repeats,
  }
  return Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, Number(value.toPrecision(6))]))
}

async function writeArtefact(
  recipe: Recipe,
  { dataSha256, seed }: RegressionTask,
  served: ServedModel,
  metrics: Record<string, number>,
): Promise<TrainedRegressor['trained']> {
  const { manifest } = served
  const parameters = { recipe: recipe.name, ...recipe.parameters }
  const graph = new GraphBuilder(manifest.name)
  addServedModel(graph, served)
  const artefact = graph.build({
    name: manifest.name,
    version: `${dataSha256.slice(0, 12)}-${seed}`,
    manifest: JSON.stringify(manifest),
    metrics: JSON.stringify(metrics),
    parameters: JSON.stringify(parameters),
    data_sha256: dataSha256,
    seed: String(seed),
    baseline: String(manifest.baseline),
  })
  assertModel(artefact, TABULAR_RULES, interfaceOf(manifest))
  const sha256 = await sha256Hex(artefact)
  return { manifest, artefact, sha256, sizeBytes: artefact.length, metrics, parameters, dataSha256, seed }
}

function interfaceOf({ features, output }: ExplainedManifest): ModelInterface {
  return {
    inputs: Object.fromEntries(features.map((feature) => [feature.name, inputType(feature)])),
    outputs: {
      [output.name]: 1,
      [`${output.name}_lower`]: 1,
      [`${output.name}_upper`]: 1,
      contributions: features.length,
    },
  }
}
