import type { TrainingControl } from '../_learn/control.ts'
import { readFeatureTable } from '../_regression/feature-table.ts'
import { priceByQuality } from '../_regression/price-by-quality.ts'
import type { ServedModel } from '../_regression/served-model.ts'
import { type RegressionTask, type TrainedRegressor, trainRegressor } from '../_regression/train-regressor.ts'
import { sha256Hex } from '../_runtime/sha256.ts'
import type { TrainedModel } from '../_runtime/trained-model.ts'
import { CAR_NAME_READING, type CarTable, parseCars, pricedCars } from './features.ts'
import { carFeatures, carManifest } from './manifest.ts'
import { CAR_RECIPES } from './recipes.ts'

export interface CarTraining extends TrainingControl {
  /** The text of `imports-85.csv`. */
  csv: string
  seed?: number
  /** Of the five-fold cross-validation; published numbers take the default. */
  repeats?: number
}

export const PUBLISHED_REPEATS = 10

/** Trains all predictors of car prices; the same seed gives the same bytes. */
export async function trainCars(options: CarTraining): Promise<TrainedModel[]> {
  const regressors = await trainCarRegressors(options)
  return priceByQuality(regressors.map(({ trained }) => trained))
}

/** Likewise, with the reference implementation of each artefact. */
export async function trainCarRegressors(options: CarTraining): Promise<TrainedRegressor[]> {
  const task = await carTask(options)
  const regressors: TrainedRegressor[] = []
  for (const recipe of CAR_RECIPES) regressors.push(await trainRegressor(recipe, task, options))
  return regressors
}

async function carTask({ csv, seed = 1985, repeats = PUBLISHED_REPEATS }: CarTraining): Promise<RegressionTask> {
  const all = parseCars(csv)
  const cars = pricedCars(all)
  const features = carFeatures(all)
  return {
    manifest: ({ name, title, summary }, baseline) => carManifest(features, { name, title, summary, baseline }),
    table: carFeatureTable(features, cars),
    target: cars.prices,
    dataSha256: await sha256Hex(new TextEncoder().encode(csv)),
    optionalFeature: 'CarName',
    folds: 5,
    repeats,
    seed,
  }
}

/** Cars as the learners see them. */
export function carFeatureTable(
  features: ServedModel['manifest']['features'],
  { columns, rows }: Pick<CarTable, 'columns' | 'rows'>,
) {
  return readFeatureTable(features, columns, rows, { CarName: CAR_NAME_READING })
}
