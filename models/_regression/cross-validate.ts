import type { TrainingControl } from '../_learn/control.ts'
import { conformalQuantile } from '../_learn/judging/conformal.ts'
import { type RegressionMetrics, regressionMetrics } from '../_learn/judging/regression-metrics.ts'
import { type Fold, kFolds } from '../_learn/judging/splits.ts'
import { take } from '../_learn/matrix.ts'
import { type FeatureTable, takeTableRows } from './feature-table.ts'
import type { Recipe } from './recipe.ts'

export interface Protocol {
  folds: number
  repeats: number
  seed: number
  /** Of the intervals. */
  coverage: number
  /** Errors are judged relative to the prediction, or to this where it is smaller. */
  floor: number
}

export interface CrossValidation {
  /** One entry a test fold. */
  folds: RegressionMetrics[]
  /** Half the width of an interval, relative to the larger of prediction and floor. */
  radius: number
  /** Share of held-out rows in intervals that neither they nor their fold had a part in. */
  intervalCoverage: number
}

interface HeldOut {
  fold: Fold
  /** Errors of the test rows, relative to the larger of prediction and floor. */
  scores: Float64Array
}

/** Fits the recipe to each training part and judges it by rows that it has not seen. */
export async function crossValidate(
  recipe: Recipe,
  table: FeatureTable,
  target: Float64Array,
  protocol: Protocol,
  control: TrainingControl = {},
): Promise<CrossValidation> {
  const splits = kFolds(table.rows, protocol)
  const folds: RegressionMetrics[] = []
  const heldOut: HeldOut[] = []
  for (const [done, fold] of splits.entries()) {
    control.onProgress?.({ stage: 'cross-validation', done, total: splits.length })
    const context = { seed: protocol.seed + done, signal: control.signal }
    const model = await recipe.fit(takeTableRows(table, fold.train), take(target, fold.train), context)
    const truth = take(target, fold.test)
    const predicted = model.predict(takeTableRows(table, fold.test))
    folds.push(regressionMetrics(truth, predicted))
    heldOut.push({ fold, scores: relativeErrors(truth, predicted, protocol.floor) })
  }
  return { folds, ...calibrate(heldOut, protocol) }
}

function relativeErrors(truth: Float64Array, predicted: Float64Array, floor: number): Float64Array {
  return truth.map((value, i) => Math.abs(value - (predicted[i] ?? 0)) / Math.max(predicted[i] ?? 0, floor))
}

/** The radius from all held-out errors; its coverage by leaving out one fold at a time. */
function calibrate(heldOut: readonly HeldOut[], { repeats, coverage }: Protocol) {
  const radii: number[] = []
  const covered: number[] = []
  for (let repeat = 0; repeat < repeats; repeat++) {
    const scores = heldOut.filter(({ fold }) => fold.repeat === repeat).map((part) => part.scores)
    radii.push(conformalQuantile(concatenate(scores), coverage))
    for (const test of scores) {
      const radius = conformalQuantile(concatenate(scores.filter((other) => other !== test)), coverage)
      covered.push(...Array.from(test, (score) => Number(score <= radius)))
    }
  }
  return { radius: mean(radii), intervalCoverage: mean(covered) }
}

function concatenate(parts: readonly Float64Array[]): number[] {
  return parts.flatMap((part) => Array.from(part))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
