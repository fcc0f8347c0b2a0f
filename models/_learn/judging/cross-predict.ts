import { breathe, type TrainingControl } from '../control.ts'
import type { Split } from './splits.ts'

/** Learns from the training rows and returns a number for each test row, in their order. */
export type FitAndPredict<Of extends Split> = (split: Of) => Promise<Float64Array> | Float64Array

/**
 * Predictions of each row by models that have not seen it, such as a metric over all rows needs: the mean over the splits
 * that test it, NaN where none does, as before the first test set of `timeFolds`.
 */
export async function crossPredict<Of extends Split>(
  rows: number,
  splits: readonly Of[],
  fitAndPredict: FitAndPredict<Of>,
  { onProgress, signal }: TrainingControl = {},
): Promise<Float64Array> {
  const sums = new Float64Array(rows)
  const counts = new Float64Array(rows)
  for (const [done, split] of splits.entries()) {
    await breathe(signal)
    const predicted = await fitAndPredict(split)
    if (predicted.length !== split.test.length)
      throw new Error(`split ${done} tests ${split.test.length} rows and has ${predicted.length} predictions`)
    split.test.forEach((row, i) => {
      sums[row] = (sums[row] as number) + (predicted[i] as number)
      counts[row] = (counts[row] as number) + 1
    })
    onProgress?.({ stage: 'cross-validation', done: done + 1, total: splits.length })
  }
  return sums.map((sum, row) => sum / (counts[row] as number))
}
