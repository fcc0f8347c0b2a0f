import { checkFinite, checkPairs } from './check-scored.ts'

export interface Intervals {
  low: Float64Array
  high: Float64Array
}

/**
 * Scores of rows that a regression has not seen: by how much each misses, in units of its spread (Lei et al.,
 * "Distribution-free predictive inference for regression", 2018, with 5.2 on spreads). Their `conformalQuantile` makes
 * intervals of other rows, with `residualIntervals`.
 *
 * @param spread above 0: how far a row may well be off, from any model that has not seen it; 1, unless given
 */
export function residualScores(truth: Float64Array, predicted: Float64Array, spread?: Float64Array): Float64Array {
  checkPairs(truth, predicted)
  checkSpread(truth.length, spread)
  return truth.map((value, row) => Math.abs(value - (predicted[row] as number)) / (spread?.[row] ?? 1))
}

/** @param quantile of the scores; or one for each row, of its group's scores */
export function residualIntervals(
  predicted: Float64Array,
  quantile: number | Float64Array,
  spread?: Float64Array,
): Intervals {
  checkFinite('prediction', predicted)
  checkSpread(predicted.length, spread)
  const radius = (row: number) => quantileAt(quantile, row) * (spread?.[row] ?? 1)
  return {
    low: predicted.map((value, row) => value - radius(row)),
    high: predicted.map((value, row) => value + radius(row)),
  }
}

/**
 * Scores of rows that two quantile regressions have not seen: how far each lies outside of them, less than 0 inside
 * (Romano, Patterson and Candes, "Conformalized quantile regression", 2019).
 */
export function quantileScores(truth: Float64Array, low: Float64Array, high: Float64Array): Float64Array {
  checkPairs(truth, low)
  checkPairs(truth, high)
  return truth.map((value, row) => Math.max((low[row] as number) - value, value - (high[row] as number)))
}

/**
 * The two quantile regressions, moved apart or together by the quantile of the scores. Where they would cross, both ends
 * are their middle.
 *
 * @param quantile of the scores; or one for each row, of its group's scores
 */
export function quantileIntervals(low: Float64Array, high: Float64Array, quantile: number | Float64Array): Intervals {
  checkPairs(low, high)
  const moved = {
    low: low.map((value, row) => value - quantileAt(quantile, row)),
    high: high.map((value, row) => value + quantileAt(quantile, row)),
  }
  low.forEach((value, row) => {
    if ((moved.low[row] as number) <= (moved.high[row] as number)) return
    moved.low[row] = moved.high[row] = (value + (high[row] as number)) / 2
  })
  return moved
}

function quantileAt(quantile: number | Float64Array, row: number): number {
  return typeof quantile === 'number' ? quantile : (quantile[row] as number)
}

function checkSpread(rows: number, spread?: Float64Array) {
  if (spread === undefined) return
  if (spread.length !== rows) throw new Error(`${rows} rows have ${spread.length} spreads`)
  const wrong = spread.findIndex((value) => !(value > 0 && Number.isFinite(value)))
  if (wrong >= 0) throw new Error(`the spread of row ${wrong} is ${spread[wrong]}`)
}
