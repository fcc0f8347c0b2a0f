import { argsort } from './argsort.ts'
import { checkFinite } from './check-scored.ts'
import { type Fold, rowsWhere } from './splits.ts'

interface TimeOptions {
  folds: number
  /** Time before each test set that nothing is learnt from, in the unit of the times: none, unless given. */
  gap?: number
  /** The time before the gap that is learnt from: a window that slides. All of it, unless given: a window that expands. */
  window?: number
}

/**
 * Folds that learn from the past and are judged by the future. In order of time, the rows make folds + 1 like parts,
 * the first the longest; each but the first is tested once. Rows of the same time stay together.
 *
 * A test set that starts at t learns from t - gap - window <= time < t - gap.
 *
 * @param times of the rows, in any order
 */
export function timeFolds(
  times: Float64Array,
  { folds, gap = 0, window = Number.POSITIVE_INFINITY }: TimeOptions,
): Fold[] {
  const rows = times.length
  if (!Number.isInteger(folds) || folds < 1 || folds >= rows)
    throw new Error(`${rows} rows cannot be split by time into ${folds} folds`)
  if (!(gap >= 0)) throw new Error(`a gap must be 0 or more, got ${gap}`)
  if (!(window > 0)) throw new Error(`a window must be longer than 0, got ${window}`)
  checkFinite('time', times)
  const order = argsort(times)
  const size = Math.floor(rows / (folds + 1))
  const startOf = (fold: number) => times[order[rows - (folds - fold) * size] ?? -1] ?? Number.POSITIVE_INFINITY
  return Array.from({ length: folds }, (_, fold) => {
    const [start, end] = [startOf(fold), startOf(fold + 1)]
    const within = (from: number, to: number) =>
      rowsWhere(rows, (row) => (times[row] as number) >= from && (times[row] as number) < to)
    const test = within(start, end)
    const train = within(start - gap - window, start - gap)
    if (test.length === 0) throw new Error(`fold ${fold} has no rows to test: too many have the time ${start}`)
    if (train.length === 0) throw new Error(`fold ${fold} has no rows to learn from before ${start - gap}`)
    return { repeat: 0, fold, train, test }
  })
}
