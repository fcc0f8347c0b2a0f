import { conformalQuantile } from '../_learn/judging/conformal.ts'
import { accuracy, confusionMatrix } from '../_learn/judging/confusion.ts'
import { rocAuc } from '../_learn/judging/curves.ts'
import { logLoss } from '../_learn/judging/log-loss.ts'
import { regressionMetrics } from '../_learn/judging/regression-metrics.ts'
import type { PredictedRow } from '../_runtime/read-rows.ts'

/** How often an interval holds the truth. */
export const COVERAGE = 0.9

/**
 * How good predictions are whose truth is known, by as many digits as are worth reading.
 *
 * @param truth the number itself, or the position of the class among the classes
 */
export function judgeModel(rows: readonly PredictedRow[], truth: Float64Array, classes?: readonly string[]) {
  const metrics = classes ? judgeClasses(rows, truth, classes) : judgeNumbers(rows, truth)
  const all = Object.entries({ ...metrics, rows: rows.length })
  return Object.fromEntries(all.map(([name, value]) => [name, Number(value.toPrecision(6))]))
}

/**
 * Half the width of an interval that holds the truth of new rows with the probability `COVERAGE`, by split conformal
 * prediction: the rows must be ones that the model was not fitted to.
 *
 * @returns undefined when there are too few rows to promise so much
 */
export function conformalRadius(rows: readonly PredictedRow[], truth: Float64Array): number | undefined {
  const misses = rows.map(({ value }, row) => Math.abs(value - (truth[row] ?? 0)))
  const radius = conformalQuantile(misses, COVERAGE)
  return Number.isFinite(radius) ? Math.fround(radius) : undefined
}

function judgeNumbers(rows: readonly PredictedRow[], truth: Float64Array): Record<string, number> {
  const { mape, ...metrics } = regressionMetrics(truth, valuesOf(rows))
  return { ...metrics, ...(!truth.includes(0) && { mape }) }
}

function judgeClasses(
  rows: readonly PredictedRow[],
  truth: Float64Array,
  classes: readonly string[],
): Record<string, number> {
  const labels = Float64Array.from(rows, ({ label }) => classes.indexOf(label ?? ''))
  const probabilities = rows.flatMap((row) => classes.map((name) => row.probabilities?.[name] ?? 0))
  const hasBoth = classes.length === 2 && truth.includes(0) && truth.includes(1)
  return {
    accuracy: accuracy(confusionMatrix(truth, labels)),
    log_loss: logLoss(truth, Float64Array.from(probabilities)),
    ...(hasBoth && { roc_auc: rocAuc(truth, valuesOf(rows)) }),
  }
}

function valuesOf(rows: readonly PredictedRow[]): Float64Array {
  return Float64Array.from(rows, ({ value }) => value)
}
